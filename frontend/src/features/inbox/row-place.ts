/** Where the reader is in a list: at this row, which stood at this index. */
export interface Place {
  id: string
  index: number
}

/** The row one step on. Where the reader's row has left, what stood below it stands in its place. */
export function stepFrom(ids: readonly string[], place: Place | null, step: 1 | -1): Place | null {
  if (ids.length === 0) return null
  const index = place ? ids.indexOf(place.id) : -1
  const wanted = index >= 0 ? index + step : place && step > 0 ? place.index : place ? place.index - 1 : 0
  const next = Math.min(Math.max(wanted, 0), ids.length - 1)
  const id = ids[next]
  return id === undefined ? null : { id, index: next }
}
