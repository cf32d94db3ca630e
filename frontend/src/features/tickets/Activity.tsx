import { ArrowRightLeft, CircleDot, CirclePlus, Inbox, type LucideIcon, MessageSquare, Pencil, SignalHigh, Tag, TriangleAlert, UserRound } from 'lucide-react'
import { TimeAgo, useStrings } from '@/app/i18n/use-strings'
import type { EventKind } from '@/graphql/generated/schema'
import { usePagedList } from '@/graphql/use-paged-list'
import { LoadMore } from '@/ui/LoadMore'
import { ErrorState, Skeleton } from '@/ui/States'
import styles from './Activity.module.css'
import { EventSentence } from './EventSentence'
import { type EventLineFragment, TicketActivityDocument, type TicketActivityQuery } from './ticket.generated'

const ICONS: Partial<Record<EventKind, LucideIcon>> = {
  TICKET_CREATED: CirclePlus,
  TICKET_UPDATED: Pencil,
  TICKET_STATUS_CHANGED: CircleDot,
  TICKET_PRIORITY_CHANGED: SignalHigh,
  TICKET_SEGMENT_CHANGED: Tag,
  TICKET_ASSIGNED: UserRound,
  TICKET_COMMENTED: MessageSquare,
  TICKET_ESCALATED: TriangleAlert,
  RESPONSE_RECEIVED: Inbox,
}

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

/** One event with its time; also what a contact's timeline is made of. */
export function EventItem({ event }: { event: EventLineFragment }) {
  const Icon = ICONS[event.kind] ?? ArrowRightLeft
  const isNote = event.text && event.kind !== 'TICKET_COMMENTED'
  return (
    <li className={styles.event}>
      <span className={styles.icon}>
        <Icon size={14} aria-hidden />
      </span>
      <div className={styles.story}>
        <p>
          <EventSentence event={event} />
        </p>
        {isNote && <p className={styles.note}>{event.text}</p>}
      </div>
      <span className={styles.when}>
        <TimeAgo at={event.at} />
      </span>
    </li>
  )
}
