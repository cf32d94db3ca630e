import { describe, expect, test } from 'vitest'
import { type Clock, duePeriod, isDue, isReceived, readDays, receivedPeriod } from './periods'

/** Half an hour after midnight in Paris, where it is another day than in Greenwich. */
const NIGHT: Clock = { now: Date.parse('2026-11-20T23:30:00Z'), zone: 'Europe/Paris' }

describe('a period of the filter', () => {
  test('is of whole days where the person is', () => {
    expect(receivedPeriod('today', NIGHT)).toEqual({ from: '2026-11-20T23:00:00.000Z', before: '2026-11-21T23:00:00.000Z' })
    expect(receivedPeriod('7d', NIGHT).from).toBe('2026-11-14T23:00:00.000Z')
  })

  test('stays the same filter all day', () => {
    expect(duePeriod('7d', NIGHT)).toEqual(duePeriod('7d', { ...NIGHT, now: NIGHT.now + 20 * 3_600_000 }))
  })

  test('has both its days in it, across the change of the hour', () => {
    expect(receivedPeriod('2026-10-24..2026-10-25', NIGHT)).toEqual({ from: '2026-10-23T22:00:00.000Z', before: '2026-10-25T23:00:00.000Z' })
  })

  test('may be open at either end', () => {
    expect(receivedPeriod('2026-11-01..', NIGHT)).toEqual({ from: '2026-10-31T23:00:00.000Z' })
    expect(duePeriod('..2026-11-01', NIGHT)).toEqual({ before: '2026-11-01T23:00:00.000Z' })
  })

  test('that is nonsense is none', () => {
    expect([readDays('..'), readDays('2026-11-01'), readDays('1..2'), readDays('')]).toEqual([null, null, null, null])
    expect([isReceived('soon'), isDue('yesterday'), isDue('late'), isReceived('30d')]).toEqual([false, false, true, true])
    expect(receivedPeriod('soon', NIGHT)).toEqual({})
  })
})
