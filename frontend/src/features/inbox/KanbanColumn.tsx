import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { useEffect, useRef, useState } from 'react'
import { Virtualizer } from 'virtua'
import { useFormats, useStrings } from '@/app/i18n/use-strings'
import type { StatusFragment } from '@/app/workspace.generated'
import { StatusMark } from '@/features/tickets/StatusMark'
import { statusLabel } from '@/features/tickets/status-label'
import type { TicketFilter, TicketOrder } from '@/graphql/generated/schema'
import { classNames } from '@/lib/class-names'
import { ErrorState, Skeleton } from '@/ui/States'
import styles from './Kanban.module.css'
import { cardsOf } from './kanban-cards'
import { KanbanCard } from './KanbanCard'
import type { Row } from './merge-rows'
import { NewRowsPill } from './NewRowsPill'
import type { useCardWalk } from './use-card-walk'
import { useHeldRows } from './use-held-rows'
import type { CardMove } from './use-kanban-moves'
import { useTicketList } from './use-ticket-list'

export interface CardDrop {
  ticket: Row
  statusId: string
}

interface Props {
  status: StatusFragment
  statuses: StatusFragment[]
  filter: TicketFilter
  order: TicketOrder
  isShown: boolean
  count: number | undefined
  moves: ReadonlyMap<string, CardMove>
  openKey: string | undefined
  onOpen: (key: string) => void
  onMove: (ticket: Row, status: StatusFragment | undefined) => void
  /** Told once there is a card. */
  onCards: (hasCards: true) => void
  /** What keeps the cards still. */
  still: { isHeld: boolean; keepsGone: boolean; activeId: string | null }
  /** Cards that the reader moved themself. */
  own: ReadonlySet<string>
  /** Counts how often everything new was asked for. */
  shownSince: number
  walk: CardWalk
}

export type CardWalk = Pick<ReturnType<typeof useCardWalk>, 'cursorId' | 'isChoosing' | 'setChoosing'>

export function KanbanColumn(props: Props) {
  const { status, isShown, count } = props
  const t = useStrings()
  const formats = useFormats()
  const { ref, isOver } = useDropTarget(status.id)
  const text = statusLabel(status, t)
  return (
    <div
      ref={ref}
      role="listitem"
      className={classNames(styles.column, !isShown && styles.folded)}
      data-over={isOver || undefined}
      aria-label={count === undefined ? text : t('inbox.kanban.column', { status: text, count })}
    >
      <header className={styles.columnHead}>
        <StatusMark category={status.category} statusKey={status.key} />
        <h2 className={styles.columnTitle}>{text}</h2>
        {count !== undefined && <span className={styles.count}>{formats.number(count)}</span>}
      </header>
      {isShown && <ColumnCards {...props} />}
    </div>
  )
}

function useDropTarget(statusId: string) {
  const ref = useRef<HTMLDivElement>(null)
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    if (!ref.current) return
    return dropTargetForElements({
      element: ref.current,
      getData: () => ({ statusId }),
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: () => setOver(false),
    })
  }, [statusId])
  return { ref, isOver }
}

function ColumnCards({ status, statuses, filter, order, moves, openKey, onOpen, onMove, onCards, still, own, shownSince, walk }: Props) {
  const t = useStrings()
  const scroller = useRef<HTMLDivElement>(null)
  const { list, state } = useTicketList(filter, order)
  const held = useHeldRows(state.rows, { ...still, compare: list.compare, own, since: shownSince })
  const cards = cardsOf(held.rows, status.id, moves, list.compare)
  const hasCards = cards.length > 0
  useEffect(() => {
    if (hasCards) onCards(true)
  }, [hasCards, onCards])
  const cursorIndex = cards.findIndex(({ id }) => id === walk.cursorId)
  if (state.isLoading) return <Skeleton rows={4} rowHeight={72} />
  if (state.error && state.rows.length === 0) return <ErrorState error={state.error} onRetry={list.refresh} />
  function followScroll() {
    const element = scroller.current
    if (element && element.scrollHeight - element.scrollTop - element.clientHeight < 600) list.loadMore()
  }
  return (
    <>
      <NewRowsPill count={held.waiting} onPress={held.release} />
      <div className={styles.cards} ref={scroller} onScroll={followScroll} tabIndex={-1}>
        {cards.length === 0 && <p className={styles.empty}>{t('inbox.kanban.empty')}</p>}
        <Virtualizer scrollRef={scroller} itemSize={112} keepMounted={cursorIndex >= 0 ? [cursorIndex] : undefined}>
          {cards.map((row) => (
            <KanbanCard
              key={row.id}
              row={row}
              statuses={statuses}
              isOpen={row.key === openKey}
              isFresh={state.fresh.has(row.id)}
              isMoving={moves.get(row.id)?.isSettled === false}
              isGone={held.gone.has(row.id)}
              isCursor={row.id === walk.cursorId}
              isChoosing={walk.isChoosing && row.id === walk.cursorId}
              onChoosing={walk.setChoosing}
              onOpen={onOpen}
              onMove={onMove}
            />
          ))}
        </Virtualizer>
      </div>
    </>
  )
}
