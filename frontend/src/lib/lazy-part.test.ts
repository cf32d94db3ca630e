import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { loadPart, partsOutOfReach } from './lazy-part'

let isThere = false
const reload = vi.fn<() => void>()

beforeEach(() => {
  vi.useFakeTimers()
  isThere = false
  vi.stubGlobal('fetch', () => (isThere ? Promise.resolve({ ok: true }) : Promise.reject(new TypeError('Failed to fetch'))))
  vi.stubGlobal('document', { querySelectorAll: () => [] })
  const kept = new Map<string, string>()
  vi.stubGlobal('sessionStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => kept.set(key, value) })
  vi.stubGlobal('location', { reload })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  reload.mockClear()
})

const lost = () => Promise.reject<string>(new TypeError('Failed to fetch dynamically imported module'))

test('a part that does not come is fetched once the server is there, and not before', async () => {
  const load = vi.fn<() => Promise<string>>(() => (isThere ? Promise.resolve('screen') : lost()))
  const part = loadPart(load)
  await vi.advanceTimersByTimeAsync(20_000)
  expect(load).toHaveBeenCalledTimes(1)
  expect(partsOutOfReach.get()).toBe(1)
  isThere = true
  await vi.advanceTimersByTimeAsync(6_000)
  expect(await part).toBe('screen')
  expect(partsOutOfReach.get()).toBe(0)
  expect(reload).not.toHaveBeenCalled()
})

test('a server that is there and no longer has the part is asked for the page anew, once', async () => {
  isThere = true
  void loadPart(lost)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(reload).toHaveBeenCalledTimes(1)
  const again = loadPart(lost).catch((error: Error) => error.message)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await again).toContain('Failed to fetch')
  expect(reload).toHaveBeenCalledTimes(1)
  // The page that is being left still waits for its own.
  partsOutOfReach.set(0)
})
