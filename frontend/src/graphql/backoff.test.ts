import { expect, test } from 'vitest'
import { reconnectDelay } from './backoff'

test('waits longer each time, never beyond twenty seconds, never together with everybody else', () => {
  expect(reconnectDelay(0, () => 0)).toBe(250)
  expect(reconnectDelay(0, () => 1)).toBe(500)
  expect(reconnectDelay(3, () => 1)).toBe(4_000)
  expect(reconnectDelay(50, () => 1)).toBe(20_000)
})
