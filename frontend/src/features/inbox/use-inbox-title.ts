import { useMemo } from 'react'
import { useQuery } from 'urql'
import { useStrings } from '@/app/i18n/use-strings'
import { useTicketMessages } from '@/features/tickets/feed-context'
import { useSettled } from '@/lib/use-settled'
import { InboxCountsDocument } from './inbox.generated'
import { type InboxQuery, isEverywhere, isNarrowed } from './inbox-query'
import { useInboxFilter } from './use-inbox-filter'
import { useViewCounts } from './use-view-counts'

/** What the rows are: those of a view, or what was found everywhere. */
export function useInboxTitle(query: InboxQuery): string {
  const t = useStrings()
  return isEverywhere(query) ? t('inbox.found') : t(`inbox.view.${query.view}`)
}

/** How many there are of what the title says, not of the view that it was narrowed from. */
export function useInboxCount(query: InboxQuery): number | undefined {
  const counts = useViewCounts()
  const filter = useInboxFilter(query)
  const filters = useMemo(() => [filter], [filter])
  const isAsked = isNarrowed(query)
  const [{ data }, refresh] = useQuery({ query: InboxCountsDocument, variables: { filters }, pause: !isAsked })
  const askSoon = useSettled(() => isAsked && refresh({ requestPolicy: 'network-only' }))
  useTicketMessages(askSoon)
  return isAsked ? data?.ticketCounts[0] : counts?.[query.view]
}
