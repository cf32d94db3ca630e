import type { Row } from './merge-rows'
import type { CardMove } from './use-kanban-moves'

/** The column's live rows, with the cards on their way in and without those on their way out. */
export function cardsOf(rows: readonly Row[], statusId: string, moves: ReadonlyMap<string, CardMove>, compare: (a: Row, b: Row) => number = () => 0): Row[] {
  const staying = rows.filter((row) => (moves.get(row.id)?.statusId ?? row.status.id) === statusId)
  const ids = new Set(staying.map(({ id }) => id))
  const arriving = [...moves.values()].filter((move) => move.statusId === statusId && !ids.has(move.ticket.id)).map((move) => move.ticket)
  return arriving.length > 0 ? [...staying, ...arriving].toSorted(compare) : staying
}
