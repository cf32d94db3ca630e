import { cacheExchange } from '@urql/exchange-graphcache'
import { Client, subscriptionExchange } from 'urql'
import { fromValue, makeSubject, mergeMap, pipe, filter as keep, delay, merge, subscribe } from 'wonka'
import type { Exchange, OperationResult } from 'urql'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { cacheOptions } from '@/graphql/cache'
import { makeTicket, minute } from '@/testing/tickets'
import type { Row } from './merge-rows'
import { createTicketList } from './ticket-list'

/** A server of one list and one feed: `rows` is what the next read finds, `say` what the feed brings. */
function fakeServer(rows: Row[]) {
  const feed = makeSubject<unknown>()
  const server = { rows, cursor: 1, reads: 0, asked: [] as unknown[], say: (message: object) => feed.next({ data: { feed: message } }) }
  const answer: Exchange =
    ({ forward }) =>
    (operations) => {
      const answered = pipe(
        operations,
        keep((operation) => operation.kind === 'query'),
        mergeMap((operation) => {
          server.reads += 1
          const nodes = server.rows.map((row) => withTypenames(row))
          const data = {
            liveCursor: String(server.cursor),
            tickets: { __typename: 'TicketConnection', nodes, pageInfo: { __typename: 'PageInfo', hasNextPage: false, endCursor: null } },
          }
          return pipe(fromValue({ operation, data, stale: false, hasNext: false } as OperationResult), delay(10))
        }),
      )
      return merge([answered, pipe(operations, keep((operation) => operation.kind !== 'query'), forward)])
    }
  const client = new Client({
    url: '/graphql',
    preferGetMethod: false,
    exchanges: [
      cacheExchange(cacheOptions),
      answer,
      subscriptionExchange({
        forwardSubscription: ({ variables }) => ({
          subscribe(sink) {
            server.asked.push(variables)
            return pipe(feed.source, subscribe((result) => sink.next(result as never)))
          },
        }),
      }),
    ],
  })
  return { client, server }
}

function withTypenames(row: Row): object {
  return { __typename: 'Ticket', ...row, status: { __typename: 'TicketStatus', ...row.status } }
}

const changed = (row: Row) => ({ __typename: 'TicketChanged', cursor: '2', ticket: withTypenames(row), event: { __typename: 'Event', id: 'evt_9', kind: 'TICKET_UPDATED', actor: null } })
const at = (id: string, minutes: number) => makeTicket({ id, lastActivityAt: minute(minutes) })

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

async function openList(rows: Row[]) {
  const { client, server } = fakeServer(rows)
  const list = createTicketList(client, { filter: { mine: true }, orderBy: { field: 'LAST_ACTIVITY_AT', direction: 'DESC' } })
  const close = list.state.subscribe(() => {})
  await vi.advanceTimersByTimeAsync(50)
  return { server, list, close, ids: () => list.state.get().rows.map(({ id }) => id) }
}

test('the feed begins where the snapshot was taken', async () => {
  const { server, ids } = await openList([at('tkt_1', 10)])
  expect(ids()).toEqual(['tkt_1'])
  expect(server.asked).toEqual([{ filter: { mine: true }, after: '1' }])
})

test('a ticket that comes in stands in its place and is fresh; one that leaves is gone', async () => {
  const { server, list, ids } = await openList([at('tkt_1', 10)])
  server.say(changed(at('tkt_2', 20)))
  expect(ids()).toEqual(['tkt_2', 'tkt_1'])
  expect([...list.state.get().fresh]).toEqual(['tkt_2'])
  server.say({ __typename: 'TicketLeft', cursor: '3', id: 'tkt_1' })
  expect(ids()).toEqual(['tkt_2'])
})

test('a listed ticket that changes is updated in place, without asking again', async () => {
  const { server, list } = await openList([at('tkt_1', 10)])
  server.say(changed({ ...at('tkt_1', 30), subject: 'Nouvel objet' }))
  await vi.advanceTimersByTimeAsync(50)
  expect(list.state.get().rows[0]?.subject).toBe('Nouvel objet')
  expect(server.reads).toBe(1)
  expect(list.state.get().fresh.size).toBe(0)
})

test('a resync reads a fresh snapshot and keeps what came meanwhile', async () => {
  const { server, ids } = await openList([at('tkt_1', 10)])
  server.rows = [at('tkt_5', 50)]
  server.say({ __typename: 'ResyncRequired', cursor: '7', reason: 'too old' })
  server.say(changed(at('tkt_6', 60)))
  await vi.advanceTimersByTimeAsync(50)
  expect(ids()).toEqual(['tkt_6', 'tkt_5'])
})

test('a list that nobody follows any more hears nothing', async () => {
  const { server, list, close } = await openList([at('tkt_1', 10)])
  close()
  server.say(changed(at('tkt_2', 20)))
  expect(list.state.get().rows).toHaveLength(1)
})
