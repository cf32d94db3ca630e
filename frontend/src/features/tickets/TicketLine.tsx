import { Link } from 'react-router'
import { TimeAgo, useStrings } from '@/app/i18n/use-strings'
import type { StatusFragment } from '@/app/workspace.generated'
import { isFinished } from './status-moves'
import { StatusMark } from './StatusMark'
import { statusLabel } from './status-label'
import { useTicketAddress } from './ticket-address'
import styles from './TicketLine.module.css'

interface Props {
  ticket: { key: string; subject: string; lastActivityAt: string; status: Pick<StatusFragment, 'key' | 'name' | 'category'> }
}

export const isDone = ({ status }: Props['ticket']) => isFinished(status)

/** A ticket where only its name is needed. */
export function TicketLine({ ticket }: Props) {
  const t = useStrings()
  const addressOf = useTicketAddress()
  return (
    <Link to={addressOf(ticket.key)} className={styles.line} data-done={isDone(ticket) || undefined}>
      <StatusMark category={ticket.status.category} statusKey={ticket.status.key} />
      <span className="visually-hidden">{statusLabel(ticket.status, t)}</span>
      <span className={styles.subject}>{ticket.subject}</span>
      <TimeAgo at={ticket.lastActivityAt} />
    </Link>
  )
}
