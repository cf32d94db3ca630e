import { useEffect, useRef, useState } from 'react'
import { useClient } from 'urql'
import { TicketPresenceDocument, type TicketPresenceSubscription, TicketSetActivityDocument } from './ticket.generated'

export type PresentPerson = TicketPresenceSubscription['ticketPresence']['people'][number]

/** Others see for eight seconds that somebody writes. */
const SAY_AGAIN_MS = 4_000

interface Presence {
  people: PresentPerson[]
  /** To be called with each letter that is written. */
  write: () => void
  /** To be called when what was written is sent or thrown away. */
  stopWriting: () => void
}

/** Who else is at a ticket; to watch is to be seen there. */
export function usePresence(ticketId: string): Presence {
  const client = useClient()
  const [people, setPeople] = useState<PresentPerson[]>([])
  const saidAt = useRef(0)
  useEffect(() => {
    const { unsubscribe } = client.subscription(TicketPresenceDocument, { id: ticketId }).subscribe(({ data }) => {
      setPeople(data?.ticketPresence.people ?? [])
    })
    return () => {
      unsubscribe()
      setPeople([])
    }
  }, [client, ticketId])

  function say(activity: 'VIEWING' | 'WRITING') {
    void client.mutation(TicketSetActivityDocument, { id: ticketId, activity }).toPromise()
  }
  function write() {
    if (Date.now() - saidAt.current < SAY_AGAIN_MS) return
    saidAt.current = Date.now()
    say('WRITING')
  }
  function stopWriting() {
    if (saidAt.current === 0) return
    saidAt.current = 0
    say('VIEWING')
  }
  return { people, write, stopWriting }
}
