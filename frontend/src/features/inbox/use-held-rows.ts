import { useState } from 'react'
import { type Held, type HeldView, holdRows } from './hold-rows'
import type { Row } from './merge-rows'

/** While `isReading`, rows stay where they are and newcomers wait behind a pill. */
export function useHeldRows(live: Row[], isReading: boolean, compare: (a: Row, b: Row) => number): HeldView & { release: () => void } {
  const [held, setHeld] = useState<Held | null>(null)
  // Derived on the way: the rows of the very render in which reading began are the ones to hold.
  if (isReading && !held && live.length > 0) setHeld({ rows: live })
  if (!isReading && held) setHeld(null)
  const view = isReading && held ? holdRows(held, live, compare) : { rows: live, waiting: 0 }
  return { ...view, release: () => setHeld(null) }
}
