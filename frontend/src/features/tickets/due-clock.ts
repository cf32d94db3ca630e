export interface DueClock {
  isOverdue: boolean
  /** Less than an hour left: worth a warning. */
  isSoon: boolean
  /** Milliseconds to the deadline, or since it; never negative. */
  distance: number
}

const SOON_MS = 60 * 60_000

/** How a ticket stands against the time it escalates at. Null when nothing waits. */
export function dueClock(nextDueAt: string | null | undefined, now: number): DueClock | null {
  if (!nextDueAt) return null
  const left = Date.parse(nextDueAt) - now
  return { isOverdue: left < 0, isSoon: left >= 0 && left < SOON_MS, distance: Math.abs(left) }
}
