import { describe, expect, test } from 'vitest'
import { contestedFields, nothingTyped, typeInto } from './edit-state'

interface Person {
  name: string
  teams: string[]
}
const LEA: Person = { name: 'Léa', teams: ['tea_1'] }

describe('typing', () => {
  test('remembers the version of the first change, not of later ones', () => {
    const first = typeInto(nothingTyped<Person>(), { name: 'Léa F.' }, LEA, 3)
    expect(typeInto(first, { teams: [] }, LEA, 4)).toEqual({ typed: { name: 'Léa F.', teams: [] }, seen: 3 })
  })
  test('back to what was there is no change, lists included', () => {
    const changed = typeInto(nothingTyped<Person>(), { teams: ['tea_1', 'tea_2'] }, LEA, 3)
    expect(typeInto(changed, { teams: ['tea_1'] }, LEA, 3)).toEqual(nothingTyped())
  })
})

test('only fields changed on both sides are contested', () => {
  const state = typeInto(nothingTyped<Person>(), { name: 'Léa F.' }, LEA, 3)
  expect(contestedFields(state, LEA, { ...LEA, teams: ['tea_9'] })).toEqual([])
  expect(contestedFields(state, LEA, { ...LEA, name: 'Lea' })).toEqual(['name'])
})
