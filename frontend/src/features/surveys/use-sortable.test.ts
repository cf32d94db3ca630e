import { expect, test } from 'vitest'
import { placeAfterDrop } from './use-sortable'

test.each([
  // Taken from, dropped on, at its edge, comes to stand at.
  [0, 2, 'after', 2],
  [0, 2, 'before', 1],
  [3, 1, 'before', 1],
  [3, 1, 'after', 2],
  [1, 2, 'before', 1],
  [2, 1, 'after', 2],
] as const)('from %i onto %i, %s: place %i', (from, over, edge, place) => expect(placeAfterDrop(from, over, edge)).toBe(place))
