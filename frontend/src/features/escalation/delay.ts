import type { Translate } from '@/app/i18n/use-strings'

export type DelayUnit = 'minutes' | 'hours' | 'days'

export const MINUTES_OF: Record<DelayUnit, number> = { minutes: 1, hours: 60, days: 1440 }
export const DELAY_UNITS = Object.keys(MINUTES_OF) as DelayUnit[]

export interface Delay {
  amount: number
  unit: DelayUnit
}

/** The largest unit that says it in a whole number. */
export function splitDelay(minutes: number): Delay {
  const unit = (['days', 'hours'] as const).find((each) => minutes > 0 && minutes % MINUTES_OF[each] === 0) ?? 'minutes'
  return { amount: minutes / MINUTES_OF[unit], unit }
}

export const joinDelay = ({ amount, unit }: Delay): number => Math.round(amount * MINUTES_OF[unit])

/** "4 h", "2 jours", "1 h 30". */
export function delayWords(minutes: number, t: Translate): string {
  const { amount, unit } = splitDelay(minutes)
  if (unit === 'minutes' && minutes > 60) return t('escalation.delay.mixed', { hours: Math.floor(minutes / 60), minutes: String(minutes % 60).padStart(2, '0') })
  return t(`escalation.delay.${unit}`, { count: amount })
}
