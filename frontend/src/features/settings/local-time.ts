/** What a `datetime-local` field shows for a moment, in the browser's own time zone. */
export function toLocalField(at: string): string {
  const moment = new Date(at)
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** The moment that such a field means; null while it is empty or half written. */
export function fromLocalField(text: string): string | null {
  const time = Date.parse(text)
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}
