// @vitest-environment jsdom
import type { Client as SocketClient, Sink } from 'graphql-ws/client'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createLive } from './live'

/** A socket that does what it is told. */
function fakeSocket() {
  const listeners = new Map<string, () => void>()
  const opened: { after: unknown; sink: Sink<never> }[] = []
  return {
    opened,
    tell: (event: 'connected' | 'closed') => listeners.get(event)?.(),
    last: () => opened.at(-1)?.sink as unknown as Sink,
    say(message: object) {
      ;(this.last().next as (result: unknown) => void)({ data: { feed: message } })
    },
    client: {
      on: (event: string, listener: () => void) => {
        listeners.set(event, listener)
        return () => {}
      },
      subscribe(payload: { variables: { after: unknown } }, sink: Sink<never>) {
        opened.push({ after: payload.variables.after, sink })
        return () => {}
      },
      dispose: () => {},
      terminate() {
        listeners.get('closed')?.()
        for (const { sink } of opened.splice(0)) sink.error(dropped)
      },
    } as unknown as SocketClient,
  }
}

const LONG_MS = 60_000
const dropped = { code: 1006 }

function open(after: string | null = '10') {
  const socket = fakeSocket()
  const onRevoked = vi.fn<() => void>()
  const live = createLive({ url: 'ws://boucle.test/graphql', onRevoked, socket: socket.client })
  const heard: unknown[] = []
  const errors: unknown[] = []
  let completed = false
  live.subscribe(
    { query: 'subscription { feed { cursor } }', variables: { after } },
    { next: (result) => heard.push(result.data), error: (error) => errors.push(error), complete: () => (completed = true) },
  )
  return { socket, live, heard, errors, onRevoked, isCompleted: () => completed }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a lost connection', () => {
  test('is resumed after the last cursor that was heard', async () => {
    const { socket, heard } = open()
    socket.tell('connected')
    socket.say({ __typename: 'TicketChanged', cursor: '11' })
    socket.say({ __typename: 'TicketChanged', cursor: '12' })
    socket.last().error(dropped)
    await vi.advanceTimersByTimeAsync(LONG_MS)
    expect(socket.opened.map(({ after }) => after)).toEqual(['10', '12'])
    expect(heard).toHaveLength(2)
  })

  test('is tried for again as long as it takes', async () => {
    const { socket } = open()
    for (let attempt = 0; attempt < 30; attempt += 1) {
      socket.last().error(dropped)
      // oxlint-disable-next-line no-await-in-loop -- each try follows the failure of the one before
      await vi.advanceTimersByTimeAsync(LONG_MS)
    }
    expect(socket.opened).toHaveLength(31)
  })

  test('is resumed too when the server ends the stream, as it does for a slow reader or a resync', async () => {
    const { socket } = open()
    socket.say({ __typename: 'ResyncRequired', cursor: '99' })
    socket.last().complete()
    await vi.advanceTimersByTimeAsync(LONG_MS)
    expect(socket.opened.at(-1)?.after).toBe('99')
  })
})

describe('the visible state', () => {
  test('is live once caught up, reconnecting when lost, catching up on return', async () => {
    const { socket, live } = open()
    socket.tell('connected')
    expect(live.status.get()).toBe('connecting')
    socket.say({ __typename: 'CaughtUp', cursor: '10', replayed: 0 })
    expect(live.status.get()).toBe('live')
    socket.tell('closed')
    socket.last().error(dropped)
    expect(live.status.get()).toBe('reconnecting')
    await vi.advanceTimersByTimeAsync(LONG_MS)
    socket.tell('connected')
    expect(live.status.get()).toBe('catching_up')
    socket.say({ __typename: 'CaughtUp', cursor: '14', replayed: 4 })
    expect(live.status.get()).toBe('live')
  })

  test('is offline while the browser has no network', () => {
    const { live } = open()
    dispatchEvent(new Event('offline'))
    expect(live.status.get()).toBe('offline')
  })

  test('is resumed at once when the network is back, even where the socket outlived the gap', async () => {
    const { socket, live } = open()
    socket.tell('connected')
    socket.say({ __typename: 'CaughtUp', cursor: '13', replayed: 0 })
    dispatchEvent(new Event('offline'))
    dispatchEvent(new Event('online'))
    await vi.advanceTimersByTimeAsync(0)
    expect(socket.opened.map(({ after }) => after)).toEqual(['13'])
    socket.tell('connected')
    socket.say({ __typename: 'CaughtUp', cursor: '13', replayed: 0 })
    expect(live.status.get()).toBe('live')
  })
})

test('a revoked access ends the subscription and the session', async () => {
  const { socket, onRevoked, isCompleted } = open()
  socket.last().error({ code: 4403 })
  await vi.advanceTimersByTimeAsync(LONG_MS)
  expect(onRevoked).toHaveBeenCalledOnce()
  expect(isCompleted()).toBe(true)
  expect(socket.opened).toHaveLength(1)
})

test('GraphQL errors are handed on instead of being asked for again', async () => {
  const { socket, errors } = open()
  socket.last().error([{ message: 'No right' }] as never)
  await vi.advanceTimersByTimeAsync(LONG_MS)
  expect(errors).toHaveLength(1)
  expect(socket.opened).toHaveLength(1)
})
