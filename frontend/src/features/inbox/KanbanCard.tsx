import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { ArrowRightLeft } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Link } from 'react-router'
import { TimeAgo, useStrings } from '@/app/i18n/use-strings'
import type { StatusFragment } from '@/app/workspace.generated'
import { customerLabel } from '@/features/tickets/customer-label'
import { DueTime } from '@/features/tickets/DueTime'
import { PriorityMark } from '@/features/tickets/PriorityMark'
import { ScoreChip } from '@/features/tickets/ScoreChip'
import { StatusMark } from '@/features/tickets/StatusMark'
import { statusLabel } from '@/features/tickets/status-label'
import { useTicketAddress } from '@/features/tickets/ticket-address'
import { useCan } from '@/features/session/viewer'
import { Avatar } from '@/ui/Avatar'
import { IconButton } from '@/ui/Button'
import { Menu, MenuItem } from '@/ui/Menu'
import styles from './Kanban.module.css'
import type { Row } from './merge-rows'

interface Props {
  row: Row
  statuses: StatusFragment[]
  isOpen: boolean
  isFresh: boolean
  isMoving: boolean
  onOpen: (key: string) => void
  onMove: (ticket: Row, status: StatusFragment | undefined) => void
}

export function KanbanCard({ row, statuses, isOpen, isFresh, isMoving, onOpen, onMove }: Props) {
  const t = useStrings()
  const addressOf = useTicketAddress()
  const canWork = useCan('TICKETS_WORK')
  const { ref, isDragged } = useDraggable(row, canWork)
  return (
    <article
      ref={ref}
      className={styles.card}
      data-open={isOpen || undefined}
      data-fresh={isFresh || undefined}
      data-moving={isMoving || isDragged || undefined}
      onClick={() => onOpen(row.key)}
    >
      <header className={styles.cardHead}>
        <Link className={styles.who} to={addressOf(row.key)} onClick={(event) => event.stopPropagation()}>
          {customerLabel(row, t)}
        </Link>
        <ScoreChip score={row.score} maximum={row.scoreMaximum} scoreClass={row.scoreClass} />
      </header>
      <p className={styles.words}>{row.comment || row.subject}</p>
      <footer className={styles.cardFoot}>
        <PriorityMark priority={row.priority} />
        <span className="visually-hidden">{t(`tickets.priority.${row.priority}`)}</span>
        <span className={styles.key}>{row.key}</span>
        {row.nextDueAt ? <DueTime at={row.nextDueAt} /> : <TimeAgo at={row.lastActivityAt} />}
        <span className={styles.owner} title={row.assignee?.name ?? t('tickets.unassigned')}>
          {row.assignee ? <Avatar name={row.assignee.name} initials={row.assignee.initials} size={20} /> : <span className={styles.nobody} />}
          <span className="visually-hidden">{row.assignee?.name ?? t('tickets.unassigned')}</span>
        </span>
        {canWork && <MoveMenu row={row} statuses={statuses} onMove={onMove} />}
      </footer>
    </article>
  )
}

function useDraggable(row: Row, canDrag: boolean) {
  const ref = useRef<HTMLElement>(null)
  const [isDragged, setDragged] = useState(false)
  const latest = useRef(row)
  useEffect(() => {
    latest.current = row
  })
  useEffect(() => {
    if (!ref.current || !canDrag) return
    return draggable({
      element: ref.current,
      getInitialData: () => ({ ticket: latest.current }),
      onDragStart: () => setDragged(true),
      onDrop: () => setDragged(false),
    })
  }, [canDrag])
  return { ref, isDragged }
}

function MoveMenu({ row, statuses, onMove }: Pick<Props, 'row' | 'statuses' | 'onMove'>) {
  const t = useStrings()
  return (
    <span className={styles.move} onClick={(event) => event.stopPropagation()}>
      <Menu
        aria-label={t('inbox.kanban.move')}
        placement="bottom end"
        onAction={(id) => onMove(row, statuses.find((status) => status.id === id))}
        trigger={<IconButton icon={ArrowRightLeft} label={t('inbox.kanban.move')} size="small" />}
      >
        {statuses
          .filter(({ id }) => id !== row.status.id)
          .map((status) => (
            <MenuItem key={status.id} id={status.id} text={statusLabel(status, t)} mark={<StatusMark category={status.category} statusKey={status.key} />} />
          ))}
      </Menu>
    </span>
  )
}
