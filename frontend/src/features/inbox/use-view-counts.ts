import { useEffect } from 'react'
import { useQuery } from 'urql'
import { useCan } from '@/features/session/viewer'
import { useTicketMessages } from '@/features/tickets/feed-context'
import { useSettled } from '@/lib/use-settled'
import { InboxCountsDocument } from './inbox.generated'
import { type View, VIEW_FILTERS, VIEWS } from './inbox-query'

const LATE_AGAIN_AFTER_MS = 60_000
const FILTERS = VIEWS.map((view) => VIEW_FILTERS[view])

/** How many tickets each saved view holds now. */
export function useViewCounts(): Record<View, number> | null {
  const canRead = useCan('TICKETS_READ')
  const [{ data }, refresh] = useQuery({ query: InboxCountsDocument, variables: { filters: FILTERS }, pause: !canRead })
  const askSoon = useSettled(() => refresh({ requestPolicy: 'network-only' }))
  useTicketMessages(askSoon)
  // Tickets become late by themselves: no event tells of it.
  useEffect(() => {
    const timer = setInterval(() => refresh({ requestPolicy: 'network-only' }), LATE_AGAIN_AFTER_MS)
    return () => clearInterval(timer)
  }, [refresh])
  if (!data) return null
  return Object.fromEntries(VIEWS.map((view, index) => [view, data.ticketCounts[index] ?? 0])) as Record<View, number>
}
