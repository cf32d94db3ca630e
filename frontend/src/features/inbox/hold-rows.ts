import type { Row } from './merge-rows'

/** What stood on the screen when the reader began to read. */
export interface Held {
  rows: readonly Row[]
}

export interface HeldView {
  rows: Row[]
  /** How many rows wait above, for the "3 new" pill. */
  waiting: number
}

/**
 * Keeps every row where the reader saw it: rows are refreshed in place, older ones may still be appended below,
 * newcomers and risers wait. A row that left stays until the hold is released.
 */
export function holdRows(held: Held, live: readonly Row[], compare: (a: Row, b: Row) => number): HeldView {
  const byId = new Map(live.map((row) => [row.id, row]))
  const heldIds = new Set(held.rows.map((row) => row.id))
  const last = held.rows.at(-1)
  const below = live.filter((row) => !heldIds.has(row.id) && (!last || compare(row, last) > 0))
  const newcomers = live.filter((row) => !heldIds.has(row.id) && last && compare(row, last) <= 0)
  const risers = held.rows.filter((row) => {
    const now = byId.get(row.id)
    return now !== undefined && compare(now, row) < 0 && placeOf(held.rows, now, compare) < held.rows.indexOf(row)
  })
  return { rows: [...held.rows.map((row) => byId.get(row.id) ?? row), ...below], waiting: newcomers.length + risers.length }
}

function placeOf(rows: readonly Row[], row: Row, compare: (a: Row, b: Row) => number): number {
  const place = rows.findIndex((each) => each.id === row.id || compare(row, each) < 0)
  return place === -1 ? rows.length : place
}
