import { Client, CombinedError, gql, type Operation } from 'urql'
import { map, pipe } from 'wonka'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { recovery } from './recovery'

let isThere = false
const asked: Operation['kind'][] = []

beforeEach(() => {
  vi.useFakeTimers()
  isThere = false
  asked.length = 0
  vi.stubGlobal('fetch', () => Promise.resolve({ ok: isThere }))
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const client = new Client({
  url: '/graphql',
  preferGetMethod: false,
  exchanges: [
    recovery,
    () => (operations) =>
      pipe(
        operations,
        map((operation) => {
          asked.push(operation.kind)
          const answer = isThere ? { data: { viewer: 'Léa' } } : { data: undefined, error: new CombinedError({ networkError: new Error('gone') }) }
          return { operation, stale: false, hasNext: false, ...answer }
        }),
      ),
  ],
})

test('a question that met no server is answered to whoever still waits when the server is back', async () => {
  const seen: unknown[] = []
  const { unsubscribe } = client.query(gql`{ viewer }`, {}).subscribe(({ data, error }) => seen.push(data?.viewer ?? error?.message))
  await vi.advanceTimersByTimeAsync(10_000)
  expect(asked).toEqual(['query'])
  isThere = true
  await vi.advanceTimersByTimeAsync(6_000)
  expect(seen).toEqual(['[Network] gone', 'Léa'])
  unsubscribe()
})

test('nothing is asked again for a screen that was left', async () => {
  client.query(gql`{ viewer }`, {}).subscribe(() => {}).unsubscribe()
  isThere = true
  await vi.advanceTimersByTimeAsync(10_000)
  expect(asked).toEqual(['query', 'teardown'])
})
