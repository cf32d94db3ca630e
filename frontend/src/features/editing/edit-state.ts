/** What somebody is changing: their own words over the current state, and the version they started from. */
export interface EditState<Values> {
  typed: Partial<Values>
  /** The version on the screen when the first change was typed; null while nothing is. */
  seen: number | null
}

export const nothingTyped = <Values>(): EditState<Values> => ({ typed: {}, seen: null })

/** A field back at its current value is no change any more. */
export function typeInto<Values extends object>(state: EditState<Values>, change: Partial<Values>, current: Values, version: number): EditState<Values> {
  const typed = { ...state.typed, ...change }
  for (const name of Object.keys(change) as (keyof Values)[]) if (isSame(typed[name], current[name])) delete typed[name]
  return Object.keys(typed).length === 0 ? nothingTyped() : { typed, seen: state.seen ?? version }
}

/** The fields that somebody else changed while they were being changed here: only these need a look. */
export function contestedFields<Values extends object>(state: EditState<Values>, base: Values, current: Values): (keyof Values)[] {
  return (Object.keys(state.typed) as (keyof Values)[]).filter((name) => !isSame(base[name], current[name]))
}

export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null)
}
