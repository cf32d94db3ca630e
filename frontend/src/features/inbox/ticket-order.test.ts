import { expect, test } from 'vitest'
import type { TicketOrder } from '@/graphql/generated/schema'
import { makeTicket, minute } from '@/testing/tickets'
import { ticketComparator } from './ticket-order'

const urgent = makeTicket({ id: 'tkt_1', priority: 'HIGH', nextDueAt: minute(10), score: 0 })
const calm = makeTicket({ id: 'tkt_2', priority: 'LOW', nextDueAt: null, score: 6 })
const manual = makeTicket({ id: 'tkt_10', priority: 'LOW', nextDueAt: minute(5), score: null })

test.each<[TicketOrder, string[]]>([
  [{ field: 'PRIORITY', direction: 'DESC' }, ['tkt_1', 'tkt_10', 'tkt_2']],
  [{ field: 'PRIORITY', direction: 'ASC' }, ['tkt_2', 'tkt_10', 'tkt_1']],
  [{ field: 'DUE_AT', direction: 'ASC' }, ['tkt_10', 'tkt_1', 'tkt_2']],
  [{ field: 'SCORE', direction: 'DESC' }, ['tkt_2', 'tkt_1', 'tkt_10']],
])('%o puts tickets without a value last and breaks ties by number', (order, expected) => {
  expect([urgent, calm, manual].toSorted(ticketComparator(order)).map(({ id }) => id)).toEqual(expected)
})
