import { expect, test } from 'vitest'
import { makeTicket, minute } from '@/testing/tickets'
import { mergeRows, type Row } from './merge-rows'
import { ticketComparator } from './ticket-order'

const newestFirst = ticketComparator({ field: 'LAST_ACTIVITY_AT', direction: 'DESC' })
const at = (id: string, minutes: number) => makeTicket({ id, lastActivityAt: minute(minutes) })
const ids = (rows: Row[]) => rows.map(({ id }) => id)
const arrived = (...rows: Row[]) => new Map(rows.map((row) => [row.id, row]))

test('pages and arrivals make one list in order, each ticket once', () => {
  const pages = [[at('tkt_3', 30), at('tkt_2', 20)], [at('tkt_2', 20), at('tkt_1', 10)]]
  const rows = mergeRows({ pages, hasMore: false, arrived: arrived(at('tkt_4', 40), at('tkt_3', 30)), left: new Set() }, newestFirst)
  expect(ids(rows)).toEqual(['tkt_4', 'tkt_3', 'tkt_2', 'tkt_1'])
})

test('a ticket that left is gone, even from a page', () => {
  const rows = mergeRows({ pages: [[at('tkt_2', 20), at('tkt_1', 10)]], hasMore: false, arrived: arrived(), left: new Set(['tkt_2']) }, newestFirst)
  expect(ids(rows)).toEqual(['tkt_1'])
})

test('an arrival that belongs beyond the last page read waits for that page', () => {
  const sources = { pages: [[at('tkt_3', 30), at('tkt_2', 20)]], arrived: arrived(at('tkt_1', 10)), left: new Set<string>() }
  expect(ids(mergeRows({ ...sources, hasMore: true }, newestFirst))).toEqual(['tkt_3', 'tkt_2'])
  expect(ids(mergeRows({ ...sources, hasMore: false }, newestFirst))).toEqual(['tkt_3', 'tkt_2', 'tkt_1'])
})

test('a listed ticket that changed moves to its new place', () => {
  const rows = mergeRows({ pages: [[at('tkt_2', 20), at('tkt_1', 50)]], hasMore: true, arrived: arrived(), left: new Set() }, newestFirst)
  expect(ids(rows)).toEqual(['tkt_1', 'tkt_2'])
})
