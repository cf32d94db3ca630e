import { monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { useEffect, useRef, useState } from 'react'
import { useQuery } from 'urql'
import { useStrings } from '@/app/i18n/use-strings'
import { useWorkspace } from '@/app/workspace'
import type { StatusFragment } from '@/app/workspace.generated'
import { useTicketMessages } from '@/features/tickets/feed-context'
import type { TicketFilter } from '@/graphql/generated/schema'
import { useSettled } from '@/lib/use-settled'
import { type EntryWish, useEntryWish } from '@/ui/search-entry'
import { InboxCountsDocument } from './inbox.generated'
import { DEFAULT_ORDER, type InboxQuery } from './inbox-query'
import styles from './Kanban.module.css'
import { type CardDrop, KanbanColumn } from './KanbanColumn'
import { columnFilter, columnsOf } from './kanban-columns'
import type { Row } from './merge-rows'
import { useShowNewCommand } from './NewRowsPill'
import { useCardWalk } from './use-card-walk'
import { useInboxFilter } from './use-inbox-filter'
import { useKanbanMoves } from './use-kanban-moves'
import { usePointerInside } from './use-pointer-inside'

interface Props {
  query: InboxQuery
  openKey: string | undefined
  onOpen: (key: string) => void
  /** What the search field wants of the cards. */
  wish: EntryWish
}

const NO_WISH: EntryWish = { wanted: null, words: '', forget: () => {} }

/** Columns are statuses; a card moves by drag or by its menu, both through the same rules of the server. */
export default function Kanban({ query, openKey, onOpen, wish }: Props) {
  const t = useStrings()
  const { statuses } = useWorkspace()
  const { moves, own, move } = useKanbanMoves()
  const filter = useInboxFilter(query)
  // A stable board: activity must not shuffle the cards under the hand.
  const order = query.order.field === DEFAULT_ORDER.field ? { field: 'CREATED_AT' as const, direction: query.order.direction } : query.order
  const columns = columnsOf(statuses, filter)
  const counts = useColumnCounts(columns.map(({ status }) => columnFilter(filter, status)))
  const board = useRef<HTMLDivElement>(null)
  const pointer = usePointerInside()
  const walk = useCardWalk({ board, openKey, onOpen })
  const [hasCards, setHasCards] = useState(false)
  const [shownSince, setShownSince] = useState(0)
  useEntryWish(hasCards ? wish : NO_WISH, query.text, { open: walk.openFirst, walk: walk.begin })
  useShowNewCommand(1, () => setShownSince((count) => count + 1))
  useDrops(({ ticket, statusId }) => move(ticket, statuses.find(({ id }) => id === statusId)))

  function moveByMenu(ticket: Row, status: StatusFragment | undefined) {
    if (columns.some((column) => column.status.id === status?.id && column.isShown)) walk.follow(ticket.id)
    else walk.stepAside()
    move(ticket, status)
  }
  return (
    <div
      ref={board}
      className={styles.board}
      role="list"
      aria-label={t('inbox.kanban')}
      tabIndex={walk.cursorId ? -1 : 0}
      onKeyDown={walk.onKeyDown}
      onFocus={walk.onFocus}
      {...pointer.handlers}
    >
      {columns.map(({ status, isShown }, index) => (
        <KanbanColumn
          key={status.id}
          status={status}
          statuses={statuses}
          filter={columnFilter(filter, status)}
          order={order}
          isShown={isShown}
          count={counts?.[index]}
          moves={moves}
          own={own}
          still={{ isHeld: pointer.isInside || walk.cursorId !== null, keepsGone: pointer.isInside, activeId: walk.cursorId }}
          shownSince={shownSince}
          walk={walk}
          openKey={openKey}
          onOpen={onOpen}
          onMove={moveByMenu}
          onCards={setHasCards}
        />
      ))}
    </div>
  )
}

function useDrops(onDrop: (drop: CardDrop) => void) {
  const latest = useRef(onDrop)
  useEffect(() => {
    latest.current = onDrop
  })
  useEffect(
    () =>
      monitorForElements({
        onDrop({ source, location }) {
          const target = location.current.dropTargets[0]
          if (target) latest.current({ ...source.data, ...target.data } as unknown as CardDrop)
        },
      }),
    [],
  )
}

function useColumnCounts(filters: TicketFilter[]): number[] | undefined {
  const key = JSON.stringify(filters)
  const [variables, setVariables] = useState({ key, filters })
  if (variables.key !== key) setVariables({ key, filters })
  const [{ data }, refresh] = useQuery({ query: InboxCountsDocument, variables: { filters: variables.filters } })
  useTicketMessages(useSettled(() => refresh({ requestPolicy: 'network-only' })))
  return data?.ticketCounts
}
