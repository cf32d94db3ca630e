import { useMemo, useState } from 'react'
import { type Held, type HeldView, holdRows, withoutGone } from './hold-rows'
import type { Row } from './merge-rows'

interface Options {
  /** Rows stay where they are and newcomers wait behind a pill. */
  isHeld: boolean
  /** Rows that left stay too: the pointer is over them. Otherwise only the one at hand does. */
  keepsGone: boolean
  /** The row at hand. */
  activeId: string | null
  compare: (a: Row, b: Row) => number
  /** Rows that the reader moved themself. */
  own?: ReadonlySet<string>
  /** Another number shows everything new. */
  since?: number
}

const NOTHING_GONE: ReadonlySet<string> = new Set()

/** The rows as the reader may rely on them: what they point at, or walk along, does not move by itself. */
export function useHeldRows(live: Row[], { isHeld, keepsGone, activeId, compare, own, since = 0 }: Options): HeldView & { release: () => void } {
  const [held, setHeld] = useState<(Held & { since: number }) | null>(null)
  // Derived on the way: the rows of the very render in which reading began are the ones to hold.
  if (isHeld && !held && live.length > 0) setHeld({ rows: live, since })
  if (held && (!isHeld || held.since !== since)) setHeld(null)
  if (isHeld && held && !keepsGone) {
    const tidied = withoutGone(held, live, activeId)
    if (tidied !== held) setHeld({ ...tidied, since: held.since })
  }
  const view = useMemo(() => (isHeld && held ? holdRows(held, live, compare, own) : { rows: live, waiting: 0, gone: NOTHING_GONE }), [isHeld, held, live, compare, own])
  return { ...view, release: () => setHeld(null) }
}
