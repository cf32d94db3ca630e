import type { FeedTicketFragment } from '@/features/tickets/ticket.generated'

export type Row = FeedTicketFragment

export interface RowSources {
  /** What the server listed, page after page. */
  pages: readonly (readonly Row[])[]
  hasMore: boolean
  /** Live: came into the filter, or changed within it. */
  arrived: ReadonlyMap<string, Row>
  /** Live: left the filter, or the viewer's sight. */
  left: ReadonlySet<string>
}

/** The snapshot with everything that happened since, each ticket once, in order. */
export function mergeRows(sources: RowSources, compare: (a: Row, b: Row) => number): Row[] {
  const listed = new Map<string, Row>()
  for (const page of sources.pages) for (const row of page) if (!sources.left.has(row.id)) listed.set(row.id, row)
  const last = lastOf(listed.values(), compare)
  const rows = [...listed.values()]
  for (const row of sources.arrived.values()) {
    if (listed.has(row.id)) continue
    // Beyond the last page read, its place is unknown until that page is read.
    if (sources.hasMore && last && compare(row, last) > 0) continue
    rows.push(row)
  }
  return rows.toSorted(compare)
}

function lastOf(rows: Iterable<Row>, compare: (a: Row, b: Row) => number): Row | undefined {
  let last: Row | undefined
  for (const row of rows) if (!last || compare(row, last) > 0) last = row
  return last
}
