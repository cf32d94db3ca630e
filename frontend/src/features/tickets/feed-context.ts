import { createContext, useContext, useEffect, useRef } from 'react'
import type { TicketFeedSubscription } from './ticket.generated'

export type FeedMessage = TicketFeedSubscription['feed']
export type FeedListener = (message: FeedMessage) => void

export interface TicketFeed {
  listen(listener: FeedListener): () => void
}

export interface TicketFeedSource extends TicketFeed {
  tell(message: FeedMessage): void
}

export function createTicketFeed(): TicketFeedSource {
  const listeners = new Set<FeedListener>()
  return {
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    tell(message) {
      for (const listener of listeners) listener(message)
    },
  }
}

export const TicketFeedContext = createContext<TicketFeed>({ listen: () => () => {} })

/** Hears every ticket change this person may see, whatever list is on the screen. */
export function useTicketMessages(listener: FeedListener): void {
  const feed = useContext(TicketFeedContext)
  const latest = useRef(listener)
  useEffect(() => {
    latest.current = listener
  })
  useEffect(() => feed.listen((message) => latest.current(message)), [feed])
}
