import { describe, expect, test } from 'vitest'
import { absenceState, forwardingOutcome } from './absence-state'

const NOON = Date.parse('2026-05-04T12:00:00Z')
const period = (startsAt: string, endsAt: string | null = null, endedAt: string | null = null) => ({ startsAt, endsAt, endedAt })

test('an absence is to come, then in force, then over', () => {
  expect(absenceState(period('2026-05-05T08:00:00Z'), NOON)).toBe('later')
  expect(absenceState(period('2026-05-04T08:00:00Z'), NOON)).toBe('now')
  expect(absenceState(period('2026-05-01T08:00:00Z', '2026-05-04T12:00:00Z'), NOON)).toBe('over')
  expect(absenceState(period('2026-05-01T08:00:00Z', '2026-06-01T12:00:00Z', '2026-05-03T00:00:00Z'), NOON)).toBe('over')
})

describe('choosing a substitute', () => {
  const hugo = { id: 'usr_2', name: 'Hugo', currentAbsence: null }
  const away = (to: string, hasLoop = false) => ({ id: 'usr_3', name: 'Sofia', currentAbsence: { hasLoop, forwardsTo: { id: to, name: 'Inès' } } })

  test('who is there receives the tickets', () => expect(forwardingOutcome('usr_1', hugo)).toEqual({ kind: 'straight' }))
  test('who is away hands them on', () => expect(forwardingOutcome('usr_1', away('usr_4'))).toEqual({ kind: 'onwards', name: 'Inès' }))
  test('whose tickets come to the absent person closes a circle', () => expect(forwardingOutcome('usr_1', away('usr_1'))).toEqual({ kind: 'loop' }))
  test('who is away and handed on by nobody keeps them', () => expect(forwardingOutcome('usr_1', away('usr_3'))).toEqual({ kind: 'stays' }))
  test('who stands in a circle already leads nowhere', () => expect(forwardingOutcome('usr_1', away('usr_3', true))).toEqual({ kind: 'loop' }))
})
