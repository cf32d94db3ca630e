import { monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useQuery } from 'urql'
import { useStrings } from '@/app/i18n/use-strings'
import { useWorkspace } from '@/app/workspace'
import { useTicketMessages } from '@/features/tickets/feed-context'
import type { TicketFilter } from '@/graphql/generated/schema'
import { useSettled } from '@/lib/use-settled'
import { InboxCountsDocument } from './inbox.generated'
import { DEFAULT_ORDER, type InboxQuery, ticketFilter } from './inbox-query'
import styles from './Kanban.module.css'
import { type CardDrop, KanbanColumn } from './KanbanColumn'
import { columnFilter, columnsOf } from './kanban-columns'
import { useKanbanMoves } from './use-kanban-moves'

interface Props {
  query: InboxQuery
  openKey: string | undefined
  onOpen: (key: string) => void
}

/** Columns are statuses; a card moves by drag or by its menu, both through the same rules of the server. */
export default function Kanban({ query, openKey, onOpen }: Props) {
  const t = useStrings()
  const { statuses } = useWorkspace()
  const { moves, move } = useKanbanMoves()
  const filter = useMemo(() => ticketFilter(query), [query])
  // A stable board: activity must not shuffle the cards under the hand.
  const order = query.order.field === DEFAULT_ORDER.field ? { field: 'CREATED_AT' as const, direction: query.order.direction } : query.order
  const columns = columnsOf(statuses, filter)
  const counts = useColumnCounts(columns.map(({ status }) => columnFilter(filter, status)))
  useDrops(({ ticket, statusId }) => move(ticket, statuses.find(({ id }) => id === statusId)))
  return (
    <div className={styles.board} role="list" aria-label={t('inbox.kanban')}>
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
          openKey={openKey}
          onOpen={onOpen}
          onMove={move}
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
