import { useMemo } from 'react'
import { useTimeZone } from '@/app/i18n/time-zone'
import type { TicketFilter } from '@/graphql/generated/schema'
import { toLocalField } from '@/lib/local-time'
import { type InboxQuery, ticketFilter } from './inbox-query'

/** The query as a filter, the same object until the query or the day is another. */
export function useInboxFilter(query: InboxQuery): TicketFilter {
  const zone = useTimeZone()
  const day = toLocalField(new Date().toISOString(), zone).slice(0, 10)
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- "today" is another one tomorrow
  return useMemo(() => ticketFilter(query, { now: Date.now(), zone }), [query, zone, day])
}
