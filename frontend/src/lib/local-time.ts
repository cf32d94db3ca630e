const MINUTE = 60_000
const WHOLE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/

/** What a date field with a time holds for a moment, in this time zone (undefined: the browser's). */
export function toLocalField(at: string, timeZone?: string): string {
  return wallClock(Date.parse(at), timeZone)
}

/** The moment that such a field means in this time zone; null while it is empty or half written. */
export function fromLocalField(text: string, timeZone?: string): string | null {
  const asUtc = WHOLE.test(text) ? Date.parse(`${text}Z`) : Number.NaN
  if (Number.isNaN(asUtc)) return null
  // The offset depends on the moment, which depends on the offset: the second look is right but in the skipped hour.
  const guess = asUtc - offset(asUtc, timeZone)
  return new Date(asUtc - offset(guess, timeZone)).toISOString()
}

function offset(time: number, timeZone?: string): number {
  const shown = Date.parse(`${wallClock(time, timeZone)}Z`)
  return shown - Math.floor(time / MINUTE) * MINUTE
}

function wallClock(time: number, timeZone?: string): string {
  // Swedish writes 2026-11-20 14:05.
  const format = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone })
  return format.format(time).replace(' ', 'T')
}
