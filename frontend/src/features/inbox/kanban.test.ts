import { expect, test } from 'vitest'
import { makeTicket, minute, OPEN_STATUS } from '@/testing/tickets'
import { VIEW_FILTERS } from './inbox-query'
import { cardsOf } from './kanban-cards'
import { columnsOf } from './kanban-columns'
import { ticketComparator } from './ticket-order'

const RESOLVED = { ...OPEN_STATUS, id: 'sta_5', key: 'resolved', category: 'RESOLVED' as const, position: 4 }
const newestFirst = ticketComparator({ field: 'CREATED_AT', direction: 'DESC' })
const moved = makeTicket({ id: 'tkt_2', createdAt: minute(20) })
const moves = new Map([[moved.id, { ticket: moved, statusId: RESOLVED.id, isSettled: false }]])

test('a card on its way has left its old column', () => {
  expect(cardsOf([moved, makeTicket({ id: 'tkt_1' })], OPEN_STATUS.id, moves, newestFirst).map(({ id }) => id)).toEqual(['tkt_1'])
})

test('a card on its way stands in its new column, in order and once', () => {
  const there = [makeTicket({ id: 'tkt_3', status: RESOLVED, createdAt: minute(30) }), makeTicket({ id: 'tkt_1', status: RESOLVED, createdAt: minute(10) })]
  expect(cardsOf(there, RESOLVED.id, moves, newestFirst).map(({ id }) => id)).toEqual(['tkt_3', 'tkt_2', 'tkt_1'])
  const arrived = [...there, { ...moved, status: RESOLVED }]
  expect(cardsOf(arrived, RESOLVED.id, moves, newestFirst).filter(({ id }) => id === 'tkt_2')).toHaveLength(1)
})

test('a column that the view leaves empty is only a place to drop on', () => {
  const shown = columnsOf([OPEN_STATUS, RESOLVED], VIEW_FILTERS.mine).map(({ isShown }) => isShown)
  expect(shown).toEqual([true, false])
})
