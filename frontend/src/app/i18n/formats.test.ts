import { expect, test } from 'vitest'
import { formatsFor } from './formats'

const MINUTE = 60_000
const now = Date.parse('2026-11-20T12:00:00Z')
const ago = (minutes: number) => new Date(now - minutes * MINUTE).toISOString()

test('the time since something is short and in the language of the screen', () => {
  const french = formatsFor('fr')
  expect([0, 3, 125, 60 * 49].map((minutes) => french.ago(ago(minutes), now))).toEqual(['à\u00A0l’instant', '3\u00A0min', '2\u00A0h', '2\u00A0j'])
  expect(formatsFor('en').ago(ago(60 * 49), now)).toBe('2\u00A0d')
  expect(french.ago('2026-11-01T12:00:00Z', now)).toBe('1 nov.')
})

test('a duration says two units while they matter', () => {
  const { duration } = formatsFor('fr')
  expect([0.2, 59, 80, 60 * 14, 60 * 28, 60 * 24 * 9].map((minutes) => duration(minutes * MINUTE))).toEqual(['1\u00A0min', '59\u00A0min', '1\u00A0h\u00A020', '14\u00A0h', '1\u00A0j 4\u00A0h', '9\u00A0j'])
})
