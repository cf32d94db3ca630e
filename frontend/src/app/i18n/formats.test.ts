import { expect, test } from 'vitest'
import { formatsFor } from './formats'

const MINUTE = 60_000
const now = Date.parse('2026-11-20T12:00:00Z')
const ago = (minutes: number) => new Date(now - minutes * MINUTE).toISOString()

test('the time since something is short and in the language of the screen', () => {
  const french = formatsFor('fr')
  expect([0, 3, 125, 60 * 49].map((minutes) => french.ago(ago(minutes), now))).toEqual(['à l’instant', '3 min', '2 h', '2 j'])
  expect(formatsFor('en').ago(ago(60 * 49), now)).toBe('2 d')
  expect(french.ago('2026-11-01T12:00:00Z', now)).toBe('1 nov.')
})

test('a duration says two units while they matter', () => {
  const { duration } = formatsFor('fr')
  expect([0.2, 59, 80, 60 * 14, 60 * 28, 60 * 24 * 9].map((minutes) => duration(minutes * MINUTE))).toEqual(['1 min', '59 min', '1 h 20', '14 h', '1 j 4 h', '9 j'])
})
