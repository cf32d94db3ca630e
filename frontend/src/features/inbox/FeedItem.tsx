import { memo } from 'react'
import { Link } from 'react-router'
import { Avatar } from '@/ui/Avatar'
import { TimeAgo, useStrings } from '@/app/i18n/use-strings'
import { customerLabel } from '@/features/tickets/customer-label'
import { EventSentence } from '@/features/tickets/EventSentence'
import { StatusMark } from '@/features/tickets/StatusMark'
import { statusLabel } from '@/features/tickets/status-label'
import { useTicketAddress } from '@/features/tickets/ticket-address'
import styles from './FeedItem.module.css'
import type { RowProps } from './ListRow'
import { ScoreMark } from './ScoreMark'

/** One ticket as a conversation: what the customer said, and who did what last. */
export const FeedItem = memo(function FeedItem({ row, index, isActive, isOpen, isFresh, isGone, onOpen }: RowProps) {
  const t = useStrings()
  const customer = customerLabel(row, t)
  const addressOf = useTicketAddress()
  const event = row.lastEvents[0]
  return (
    <article
      id={`row-${row.id}`}
      className={styles.item}
      aria-posinset={index + 1}
      aria-setsize={-1}
      aria-labelledby={`who-${row.id}`}
      data-active={isActive || undefined}
      data-open={isOpen || undefined}
      data-fresh={isFresh || undefined}
      data-gone={isGone || undefined}
      tabIndex={isActive ? 0 : -1}
      onClick={() => onOpen(row.key)}
    >
      <Avatar name={customer} size={32} />
      <div className={styles.body}>
        <header className={styles.head}>
          <ScoreMark score={row.score} maximum={row.scoreMaximum} scoreClass={row.scoreClass} />
          <Link id={`who-${row.id}`} className={styles.who} to={addressOf(row.key)} tabIndex={-1} onClick={(click) => click.stopPropagation()}>
            {customer}
          </Link>
          <span className={styles.survey}>{row.survey?.name ?? t('tickets.manual')}</span>
          <span className={styles.key}>{row.key}</span>
          <TimeAgo at={row.lastActivityAt} />
        </header>
        <p className={styles.words}>{row.comment ? <q>{row.comment}</q> : row.subject}</p>
        <footer className={styles.last}>
          <StatusMark category={row.status.category} statusKey={row.status.key} size={12} />
          <span className={styles.status}>{statusLabel(row.status, t)}</span>
          {event && (
            <span className={styles.event}>
              <EventSentence event={event} />
            </span>
          )}
        </footer>
      </div>
    </article>
  )
})
