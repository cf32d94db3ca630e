import { expect, test } from 'vitest'
import { stepFrom } from './row-place'

const ids = ['a', 'b', 'c']

test('the first step leads to the first row, whichever key it was', () => {
  expect([stepFrom(ids, null, 1)?.id, stepFrom(ids, null, -1)?.id]).toEqual(['a', 'a'])
})

test('the ends of the list are not left', () => {
  expect([stepFrom(ids, { id: 'c', index: 2 }, 1)?.id, stepFrom(ids, { id: 'a', index: 0 }, -1)?.id]).toEqual(['c', 'a'])
})

test('after a row that has left comes what stood below it, before it what stood above', () => {
  const left = { id: 'x', index: 1 }
  expect([stepFrom(ids, left, 1), stepFrom(ids, left, -1)]).toEqual([{ id: 'b', index: 1 }, { id: 'a', index: 0 }])
})

test('after the last row that has left comes the one that is last now', () => {
  expect(stepFrom(ids, { id: 'x', index: 3 }, 1)?.id).toBe('c')
})

test('an empty list has no place', () => {
  expect(stepFrom([], { id: 'x', index: 0 }, 1)).toBeNull()
})
