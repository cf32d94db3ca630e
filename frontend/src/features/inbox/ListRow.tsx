import { memo } from 'react'
import { Link, useLocation } from 'react-router'
import { TimeAgo, useStrings } from '@/app/i18n/use-strings'
import { DueTime } from '@/features/tickets/DueTime'
import { PriorityMark } from '@/features/tickets/PriorityMark'
import { ScoreChip } from '@/features/tickets/ScoreChip'
import { StatusMark } from '@/features/tickets/StatusMark'
import { statusLabel } from '@/features/tickets/status-label'
import { Avatar } from '@/ui/Avatar'
import styles from './ListRow.module.css'
import type { Row } from './merge-rows'

export interface RowProps {
  row: Row
  index: number
  isActive: boolean
  isOpen: boolean
  isFresh: boolean
  onOpen: (key: string) => void
}

/** One ticket in 36 px; a phone gets two lines. Drawn again only when its ticket changed, so that scrolling stays smooth. */
export const ListRow = memo(function ListRow({ row, index, isActive, isOpen, isFresh, onOpen }: RowProps) {
  const t = useStrings()
  const { search } = useLocation()
  const status = statusLabel(row.status, t)
  return (
    <div
      id={`row-${row.id}`}
      role="row"
      aria-rowindex={index + 1}
      aria-selected={isOpen}
      className={styles.row}
      data-active={isActive || undefined}
      data-fresh={isFresh || undefined}
      onClick={() => onOpen(row.key)}
    >
      <div role="gridcell" className={styles.status} title={status}>
        <StatusMark category={row.status.category} statusKey={row.status.key} />
        <span className={styles.statusText}>{status}</span>
      </div>
      <div role="gridcell" className={styles.key}>
        <Link to={{ pathname: `/inbox/${row.key}`, search }} tabIndex={-1} onClick={(event) => event.stopPropagation()}>
          {row.key}
        </Link>
      </div>
      <div role="gridcell" className={styles.customer}>
        <span className={styles.name}>{row.customerName}</span>
        <span className={styles.words}>{row.comment || row.subject}</span>
      </div>
      <div role="gridcell" className={styles.survey}>
        {row.survey?.name ?? t('tickets.manual')}
      </div>
      <div role="gridcell" className={styles.segment}>
        {row.currentSegment}
      </div>
      <div role="gridcell" className={styles.assignee}>
        <Owner row={row} />
      </div>
      <div role="gridcell" className={styles.priority}>
        <PriorityMark priority={row.priority} />
        <span className={styles.priorityText}>{t(`tickets.priority.${row.priority}`)}</span>
      </div>
      <div role="gridcell" className={styles.due}>
        <DueTime at={row.nextDueAt} />
      </div>
      <div role="gridcell" className={styles.score}>
        <ScoreChip score={row.score} maximum={row.scoreMaximum} scoreClass={row.scoreClass} />
      </div>
      <div role="gridcell" className={styles.activity}>
        <TimeAgo at={row.lastActivityAt} />
      </div>
    </div>
  )
})

function Owner({ row }: { row: Row }) {
  const t = useStrings()
  if (row.assignee)
    return (
      <>
        <Avatar name={row.assignee.name} initials={row.assignee.initials} size={18} />
        <span className={styles.ownerName}>{row.assignee.name}</span>
      </>
    )
  return <span className={styles.nobody}>{row.team?.name ?? t('tickets.unassigned')}</span>
}
