import { describe, expect, test } from 'vitest'
import { makeTicket, minute } from '@/testing/tickets'
import { holdRows } from './hold-rows'
import { ticketComparator } from './ticket-order'

const newestFirst = ticketComparator({ field: 'LAST_ACTIVITY_AT', direction: 'DESC' })
const at = (id: string, minutes: number, subject?: string) => makeTicket({ id, lastActivityAt: minute(minutes), ...(subject && { subject }) })
const held = { rows: [at('tkt_3', 30), at('tkt_2', 20), at('tkt_1', 10)] }
const hold = (...live: ReturnType<typeof at>[]) => {
  const { rows, waiting } = holdRows(held, live.toSorted(newestFirst), newestFirst)
  return { ids: rows.map(({ id }) => id), rows, waiting }
}

describe('while somebody reads', () => {
  test('a newcomer waits above and is counted', () => {
    const { ids, waiting } = hold(...held.rows, at('tkt_4', 40), at('tkt_5', 50))
    expect(ids).toEqual(['tkt_3', 'tkt_2', 'tkt_1'])
    expect(waiting).toBe(2)
  })

  test('a row that rose stays where it was, is fresh, and is counted', () => {
    const { ids, rows, waiting } = hold(at('tkt_3', 30), at('tkt_2', 20), at('tkt_1', 60, 'Nouvel objet'))
    expect(ids).toEqual(['tkt_3', 'tkt_2', 'tkt_1'])
    expect(rows[2]?.subject).toBe('Nouvel objet')
    expect(waiting).toBe(1)
  })

  test('news of the first row moves nothing and is not counted', () => {
    expect(hold(at('tkt_3', 60), at('tkt_2', 20), at('tkt_1', 10)).waiting).toBe(0)
  })

  test('older rows are appended below', () => {
    expect(hold(...held.rows, at('tkt_0', 1))).toMatchObject({ ids: ['tkt_3', 'tkt_2', 'tkt_1', 'tkt_0'], waiting: 0 })
  })

  test('a row that left stays until the reader lets go', () => {
    expect(hold(at('tkt_3', 30), at('tkt_1', 10)).ids).toEqual(['tkt_3', 'tkt_2', 'tkt_1'])
  })
})
