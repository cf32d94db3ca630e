import { describe, expect, test } from 'vitest'
import { makeTicket, minute } from '@/testing/tickets'
import { holdRows, withoutGone } from './hold-rows'
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

  test('a row that left stays until the reader lets go, and is told apart', () => {
    const { rows, gone } = holdRows(held, [at('tkt_3', 30), at('tkt_1', 10)], newestFirst)
    expect(rows.map(({ id }) => id)).toEqual(['tkt_3', 'tkt_2', 'tkt_1'])
    expect([...gone]).toEqual(['tkt_2'])
  })

  test('what the reader moved is where they put it: gone here, in its place there', () => {
    const own = new Set(['tkt_2', 'tkt_9'])
    const { rows, waiting } = holdRows(held, [at('tkt_3', 30), at('tkt_9', 15), at('tkt_1', 10)], newestFirst, own)
    expect(rows.map(({ id }) => id)).toEqual(['tkt_3', 'tkt_9', 'tkt_1'])
    expect(waiting).toBe(0)
  })

  test('with the pointer elsewhere only the row at hand stays when it left', () => {
    const live = [at('tkt_3', 30)]
    expect(withoutGone(held, live, 'tkt_2').rows.map(({ id }) => id)).toEqual(['tkt_3', 'tkt_2'])
    expect(withoutGone(held, [...held.rows], null)).toBe(held)
  })
})
