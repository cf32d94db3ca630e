import { TimeAgo, useStrings } from '@/app/i18n/use-strings'
import { usePagedList } from '@/graphql/use-paged-list'
import { EventLine } from '@/ui/EventLine'
import { LoadMore } from '@/ui/LoadMore'
import { ErrorState, Skeleton } from '@/ui/States'
import styles from './Activity.module.css'
import { eventIcon } from './event-icons'
import { EventSentence } from './EventSentence'
import { type EventLineFragment, TicketActivityDocument, type TicketActivityQuery } from './ticket.generated'

const activityOf = ({ ticketByKey }: TicketActivityQuery) => ticketByKey?.activity

/** Everything that happened to the ticket, newest first. */
export function Activity({ ticketKey }: { ticketKey: string }) {
  const t = useStrings()
  const { list, state } = usePagedList(TicketActivityDocument, { variables: { key: ticketKey }, connectionOf: activityOf })
  if (state.isLoading) return <Skeleton />
  if (state.error && state.nodes.length === 0) return <ErrorState error={state.error} onRetry={list.refresh} />
  return (
    <div className={styles.scroll} role="group" aria-label={t('tickets.tab.activity')} tabIndex={0}>
      <ol>
        {state.nodes.map((event) => (
          <EventItem key={event.id} event={event} />
        ))}
      </ol>
      {state.hasMore && <LoadMore onReach={list.loadMore} />}
      {state.isLoadingMore && <Skeleton rows={3} />}
    </div>
  )
}

function EventItem({ event }: { event: EventLineFragment }) {
  const isNote = event.text && event.kind !== 'TICKET_COMMENTED'
  return (
    <EventLine icon={eventIcon(event.kind)} isAlarming={event.kind === 'TICKET_ESCALATED'} when={<TimeAgo at={event.at} />}>
      <p>
        <EventSentence event={event} />
      </p>
      {isNote && <p className={styles.note}>{event.text}</p>}
    </EventLine>
  )
}
