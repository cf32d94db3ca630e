import { expect, test } from 'vitest'
import { fromLocalField, toLocalField } from './local-time'

test.each([
  ['2026-11-20T13:05:00.000Z', 'Europe/Paris', '2026-11-20T14:05'],
  ['2026-07-01T22:30:00.000Z', 'Europe/Paris', '2026-07-02T00:30'],
  ['2026-11-20T13:05:00.000Z', 'America/New_York', '2026-11-20T08:05'],
  ['2026-03-29T01:30:00.000Z', 'Europe/Paris', '2026-03-29T03:30'],
])('%s in %s is %s, and back', (at, zone, field) => {
  expect(toLocalField(at, zone)).toBe(field)
  expect(fromLocalField(field, zone)).toBe(at)
})

test('a half written field means nothing', () => {
  expect(fromLocalField('2026-11-', 'Europe/Paris')).toBeNull()
})
