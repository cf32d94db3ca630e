import { memo } from 'react'
import { Link } from 'react-router'
import { TimeAgo, useStrings } from '@/app/i18n/use-strings'
import { customerLabel } from '@/features/tickets/customer-label'
import { DueTime } from '@/features/tickets/DueTime'
import { PriorityMark } from '@/features/tickets/PriorityMark'
import { StatusMark } from '@/features/tickets/StatusMark'
import { statusLabel } from '@/features/tickets/status-label'
import { useTicketAddress } from '@/features/tickets/ticket-address'
import { Avatar } from '@/ui/Avatar'
import type { Column } from './list-columns'
import styles from './ListRow.module.css'
import type { Row } from './merge-rows'
import { ScoreMark } from './ScoreMark'

interface CellProps {
  column: Column
  row: Row
  hasTeamColumn: boolean
}

export interface RowProps {
  row: Row
  index: number
  isActive: boolean
  isOpen: boolean
  isFresh: boolean
  /** It left the list, and stands there only because somebody is at it. */
  isGone: boolean
  onOpen: (key: string) => void
}

interface Props extends RowProps {
  columns: readonly Column[]
}

/** One ticket in 36 px; a phone gets two lines. Drawn again only when its ticket changed, so that scrolling stays smooth. */
export const ListRow = memo(function ListRow({ row, columns, index, isActive, isFresh, isGone, onOpen }: Props) {
  const t = useStrings()
  const addressOf = useTicketAddress()
  const status = statusLabel(row.status, t)
  const customer = customerLabel(row, t)
  const words = row.comment || row.subject
  return (
    <div
      id={`row-${row.id}`}
      role="row"
      aria-rowindex={index + 1}
      aria-selected={isActive}
      aria-label={`${row.key} ${customer}: ${words}${isGone ? `, ${t('inbox.gone')}` : ''}`}
      className={styles.row}
      data-active={isActive || undefined}
      data-fresh={isFresh || undefined}
      data-gone={isGone || undefined}
      onClick={() => onOpen(row.key)}
    >
      <div role="gridcell" className={styles.status} title={status}>
        <StatusMark category={row.status.category} statusKey={row.status.key} />
        <span className={styles.statusText}>{status}</span>
      </div>
      <div role="gridcell" className={styles.key}>
        <Link to={addressOf(row.key)} tabIndex={-1} onClick={(event) => event.stopPropagation()}>
          {row.key}
        </Link>
      </div>
      <div role="gridcell" className={styles.score}>
        <ScoreMark score={row.score} maximum={row.scoreMaximum} scoreClass={row.scoreClass} />
      </div>
      <div role="gridcell" className={styles.customer}>
        <span className={styles.name}>{customer}</span>
        <span className={styles.words}>{words}</span>
      </div>
      {columns.map((column) => (
        <div key={column} role="gridcell" className={styles[column]}>
          <Cell column={column} row={row} hasTeamColumn={columns.includes('team')} />
        </div>
      ))}
    </div>
  )
})

function Cell({ column, row, hasTeamColumn }: CellProps) {
  const t = useStrings()
  switch (column) {
    case 'survey':
      return row.survey?.name ?? t('tickets.manual')
    case 'segment':
      return row.currentSegment
    case 'team':
      return row.team?.name
    case 'assignee':
      return <Owner row={row} standIn={hasTeamColumn ? undefined : row.team?.name} />
    case 'priority':
      // Most are medium: what is drawn everywhere says nothing.
      if (row.priority === 'MEDIUM') return <span className="visually-hidden">{t('tickets.priority.MEDIUM')}</span>
      return (
        <>
          <PriorityMark priority={row.priority} />
          <span className={styles.priorityText}>{t(`tickets.priority.${row.priority}`)}</span>
        </>
      )
    case 'due':
      return <DueTime at={row.nextDueAt} />
    case 'created':
      return <TimeAgo at={row.createdAt} />
    case 'activity':
      return <TimeAgo at={row.lastActivityAt} />
  }
}

/** Who owns it; without anybody, the team says more than nobody. */
function Owner({ row, standIn }: { row: Row; standIn: string | undefined }) {
  const t = useStrings()
  if (row.assignee)
    return (
      <>
        <Avatar name={row.assignee.name} initials={row.assignee.initials} size={18} />
        <span className={styles.ownerName}>{row.assignee.name}</span>
      </>
    )
  return <span className={styles.nobody}>{standIn ?? t('tickets.unassigned')}</span>
}
