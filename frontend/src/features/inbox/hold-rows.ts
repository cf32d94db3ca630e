import type { Row } from './merge-rows'

/** What stood on the screen when the reader began to read. */
export interface Held {
  rows: readonly Row[]
}

export interface HeldView {
  rows: Row[]
  /** How many rows wait above, for the "3 new" pill. */
  waiting: number
  /** Rows that left the list and still stand where they were seen. */
  gone: ReadonlySet<string>
}

const NONE: ReadonlySet<string> = new Set()

/**
 * Keeps every row where the reader saw it: rows are refreshed in place, older ones may still be appended below,
 * newcomers and risers wait. A row that left stays until the hold is released.
 * What the reader moved themself (`own`) is where they put it, at once.
 */
export function holdRows(held: Held, live: readonly Row[], compare: (a: Row, b: Row) => number, own = NONE): HeldView {
  const byId = new Map(live.map((row) => [row.id, row]))
  const kept = held.rows.filter((row) => byId.has(row.id) || !own.has(row.id))
  const keptIds = new Set(kept.map((row) => row.id))
  const last = kept.at(-1)
  const others = live.filter((row) => !keptIds.has(row.id))
  const below = others.filter((row) => !own.has(row.id) && (!last || compare(row, last) > 0))
  const newcomers = others.filter((row) => !own.has(row.id) && last && compare(row, last) <= 0)
  const placed = others.filter((row) => own.has(row.id))
  const risers = kept.filter((row, index) => {
    const now = byId.get(row.id)
    return now !== undefined && compare(now, row) < 0 && placeOf(kept, now, compare) < index
  })
  const rows = [...kept.map((row) => byId.get(row.id) ?? row), ...below]
  for (const row of placed) rows.splice(placeOf(rows, row, compare), 0, row)
  return { rows, waiting: newcomers.length + risers.length, gone: new Set(kept.filter((row) => !byId.has(row.id)).map((row) => row.id)) }
}

function placeOf(rows: readonly Row[], row: Row, compare: (a: Row, b: Row) => number): number {
  const place = rows.findIndex((each) => each.id === row.id || compare(row, each) < 0)
  return place === -1 ? rows.length : place
}

/** Without the rows that left; but for the one the reader is at. The same object where nothing has to go. */
export function withoutGone(held: Held, live: readonly Row[], exceptId: string | null): Held {
  const ids = new Set(live.map((row) => row.id))
  const rows = held.rows.filter((row) => ids.has(row.id) || row.id === exceptId)
  return rows.length === held.rows.length ? held : { rows }
}
