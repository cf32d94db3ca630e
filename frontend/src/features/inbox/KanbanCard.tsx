import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { ArrowRightLeft } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Link } from 'react-router'
import { TimeAgo, useStrings } from '@/app/i18n/use-strings'
import type { StatusFragment } from '@/app/workspace.generated'
import { customerLabel } from '@/features/tickets/customer-label'
import { DueTime } from '@/features/tickets/DueTime'
import { PriorityMark } from '@/features/tickets/PriorityMark'
import { StatusMark } from '@/features/tickets/StatusMark'
import { statusLabel } from '@/features/tickets/status-label'
import { useTicketAddress } from '@/features/tickets/ticket-address'
import { useCan } from '@/features/session/viewer'
import { Avatar } from '@/ui/Avatar'
import { IconButton } from '@/ui/Button'
import { Menu, MenuItem } from '@/ui/Menu'
import styles from './Kanban.module.css'
import type { Row } from './merge-rows'
import { ScoreMark } from './ScoreMark'

interface Props {
  row: Row
  statuses: StatusFragment[]
  isOpen: boolean
  isFresh: boolean
  isMoving: boolean
  isGone: boolean
  /** Where the keyboard is: the one card that Tab reaches. */
  isCursor: boolean
  isChoosing: boolean
  onChoosing: (isChoosing: boolean) => void
  onOpen: (key: string) => void
  onMove: (ticket: Row, status: StatusFragment | undefined) => void
}

export function KanbanCard({ row, statuses, isOpen, isFresh, isMoving, isGone, isCursor, isChoosing, onChoosing, onOpen, onMove }: Props) {
  const t = useStrings()
  const addressOf = useTicketAddress()
  const canWork = useCan('TICKETS_WORK')
  const customer = customerLabel(row, t)
  const { ref, isDragged } = useDraggable(row, canWork)
  return (
    <article
      ref={ref}
      className={styles.card}
      data-card={row.id}
      data-key={row.key}
      data-open={isOpen || undefined}
      data-gone={isGone || undefined}
      data-fresh={isFresh || undefined}
      data-moving={isMoving || isDragged || undefined}
      onClick={() => onOpen(row.key)}
    >
      <header className={styles.cardHead}>
        <ScoreMark score={row.score} maximum={row.scoreMaximum} scoreClass={row.scoreClass} />
        <Link
          className={styles.who}
          to={addressOf(row.key)}
          tabIndex={isCursor ? 0 : -1}
          aria-label={`${row.key} ${customer}: ${row.subject}${isGone ? `, ${t('inbox.gone')}` : ''}`}
          onClick={(event) => event.stopPropagation()}
        >
          {customer}
        </Link>
      </header>
      <p className={styles.words}>{row.comment || row.subject}</p>
      <footer className={styles.cardFoot}>
        {row.priority !== 'MEDIUM' && <PriorityMark priority={row.priority} />}
        <span className="visually-hidden">{t(`tickets.priority.${row.priority}`)}</span>
        <span className={styles.key}>{row.key}</span>
        {row.nextDueAt ? <DueTime at={row.nextDueAt} /> : <TimeAgo at={row.lastActivityAt} />}
        <span className={styles.owner} title={row.assignee?.name ?? t('tickets.unassigned')}>
          {row.assignee ? <Avatar name={row.assignee.name} initials={row.assignee.initials} size={20} /> : <span className={styles.nobody} />}
          <span className="visually-hidden">{row.assignee?.name ?? t('tickets.unassigned')}</span>
        </span>
        {canWork && <MoveMenu row={row} statuses={statuses} isOpen={isChoosing} onOpenChange={onChoosing} onMove={onMove} />}
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

interface MoveProps extends Pick<Props, 'row' | 'statuses' | 'onMove'> {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
}

/** Opened by its button, or by its key from the card. */
function MoveMenu({ row, statuses, isOpen, onOpenChange, onMove }: MoveProps) {
  const t = useStrings()
  const [isPressed, setPressed] = useState(false)
  function change(next: boolean) {
    setPressed(next)
    if (!next) onOpenChange(false)
  }
  return (
    <span className={styles.move} onClick={(event) => event.stopPropagation()}>
      <Menu
        aria-label={t('inbox.kanban.move')}
        placement="bottom end"
        isOpen={isOpen || isPressed}
        onOpenChange={change}
        onAction={(id) => onMove(row, statuses.find((status) => status.id === id))}
        trigger={<IconButton icon={ArrowRightLeft} label={t('inbox.kanban.move')} keys="m" size="small" excludeFromTabOrder />}
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
