import { fromLocalField, toLocalField } from '@/lib/local-time'

/** Where and when the person is: what a day is depends on it. */
export interface Clock {
  now: number
  zone?: string
}

/** Moments between which something happened: from the first, before the second; either may be missing. */
export interface Period {
  from?: string
  before?: string
}

export const RECEIVED_CHOICES = ['today', 'yesterday', '7d', '30d', '90d'] as const
export const DUE_CHOICES = ['late', 'today', '7d', 'none'] as const

/** First and last day of a choice, counted from today. */
type Days = readonly [first: number, last: number]

const RECEIVED_DAYS: Record<string, Days> = { today: [0, 0], yesterday: [-1, -1], '7d': [-6, 0], '30d': [-29, 0], '90d': [-89, 0] }
const DUE_DAYS: Record<string, Days> = { today: [0, 0], '7d': [0, 7] }

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** "2026-11-01..2026-11-20" with both days in it; either may be missing. Null for anything else. */
export function readDays(text: string): { first: string; last: string } | null {
  const [first = '', last = '', ...more] = text.split('..')
  const areDays = [first, last].every((day) => day === '' || DAY.test(day))
  return text.includes('..') && more.length === 0 && areDays && (first || last) ? { first, last } : null
}

export function writeDays(first: string, last: string): string {
  return first || last ? `${first}..${last}` : ''
}

export const isReceived = (text: string) => text in RECEIVED_DAYS || readDays(text) !== null
export const isDue = (text: string) => (DUE_CHOICES as readonly string[]).includes(text) || readDays(text) !== null

export const receivedPeriod = (text: string, clock: Clock) => periodOf(text, RECEIVED_DAYS, clock)
export const duePeriod = (text: string, clock: Clock) => periodOf(text, DUE_DAYS, clock)

/** Whole days of the person's zone, so that the same choice stays the same filter all day. */
function periodOf(text: string, choices: Record<string, Days>, { now, zone }: Clock): Period {
  const today = toLocalField(new Date(now).toISOString(), zone).slice(0, 10)
  const choice = choices[text]
  const days = choice ? { first: dayAfter(today, choice[0]), last: dayAfter(today, choice[1]) } : readDays(text)
  if (!days) return {}
  return {
    ...(days.first && { from: beginOf(days.first, zone) }),
    ...(days.last && { before: beginOf(dayAfter(days.last, 1), zone) }),
  }
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
}

function beginOf(day: string, zone: string | undefined): string | undefined {
  return fromLocalField(`${day}T00:00`, zone) ?? undefined
}
