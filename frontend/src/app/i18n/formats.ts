import type { Locale } from './i18n'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export interface Formats {
  /** Short and for dense lists: "now", "3 min", "5 h", "2 d", then the date. */
  ago(at: string, now: number): string
  /** Time left or overdue: "1 h 20", "3 d 4 h". Always positive. */
  duration(ms: number): string
  date(at: string): string
  dateTime(at: string): string
  number(value: number): string
}

const WORDS = {
  fr: { now: 'à\u00A0l’instant', minute: 'min', hour: 'h', day: 'j' },
  en: { now: 'now', minute: 'min', hour: 'h', day: 'd' },
}

const made = new Map<string, Formats>()

/** One set per language and zone: making Intl formatters for every cell would be felt while scrolling. */
export function formatsFor(locale: Locale, timeZone?: string): Formats {
  const key = `${locale} ${timeZone}`
  const formats = made.get(key) ?? makeFormats(locale, timeZone)
  made.set(key, formats)
  return formats
}

function makeFormats(locale: Locale, timeZone?: string): Formats {
  const language = locale === 'fr' ? 'fr-FR' : 'en-GB'
  const sameYear = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone })
  const otherYear = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', year: 'numeric', timeZone })
  const full = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone })
  const decimal = new Intl.NumberFormat(language)
  const words = WORDS[locale]

  function duration(ms: number): string {
    const minutes = Math.floor(Math.abs(ms) / MINUTE)
    if (minutes < 60) return `${Math.max(minutes, 1)}\u00A0${words.minute}`
    const hours = Math.floor(minutes / 60)
    if (hours < 24) return minutes % 60 && hours < 10 ? `${hours}\u00A0h\u00A0${String(minutes % 60).padStart(2, '0')}` : `${hours}\u00A0h`
    const days = Math.floor(hours / 24)
    return hours % 24 && days < 4 ? `${days}\u00A0${words.day} ${hours % 24}\u00A0h` : `${days}\u00A0${words.day}`
  }
  function date(at: string): string {
    const day = new Date(at)
    return (day.getFullYear() === new Date().getFullYear() ? sameYear : otherYear).format(day)
  }
  function ago(at: string, now: number): string {
    const elapsed = now - Date.parse(at)
    if (elapsed < MINUTE) return words.now
    if (elapsed < HOUR) return `${Math.floor(elapsed / MINUTE)}\u00A0${words.minute}`
    if (elapsed < DAY) return `${Math.floor(elapsed / HOUR)}\u00A0${words.hour}`
    if (elapsed < 7 * DAY) return `${Math.floor(elapsed / DAY)}\u00A0${words.day}`
    return date(at)
  }
  return { ago, duration, date, dateTime: (at) => full.format(new Date(at)), number: (value) => decimal.format(value) }
}
