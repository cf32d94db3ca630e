import { describe, expect, test } from 'vitest'
import { DEFAULT_ORDER, type InboxQuery, isNarrowed, NOTHING_NARROWED, readInboxQuery, ticketFilter, writeInboxQuery } from './inbox-query'

const PLAIN: InboxQuery = { view: 'mine', order: DEFAULT_ORDER, isWithinView: false, ...NOTHING_NARROWED }
const FULL: InboxQuery = {
  view: 'all',
  order: { field: 'DUE_AT', direction: 'ASC' },
  text: 'colis & retard',
  isWithinView: true,
  statuses: ['sta_1', 'sta_2'],
  priorities: ['HIGH'],
  scores: ['DETRACTOR', 'PASSIVE'],
  teams: ['tea_1'],
  assignees: ['usr_3'],
  surveys: ['srv_1'],
  segments: ['Paris, Lyon', 'Web'],
  received: '2026-11-01..2026-11-20',
  due: 'late',
}

describe('the address of the inbox', () => {
  test.each([PLAIN, FULL])('comes back as the query it was written from', (query) => {
    expect(readInboxQuery(new URLSearchParams(writeInboxQuery(query).toString()))).toEqual(query)
  })

  test('says only what differs from the ordinary', () => {
    expect(writeInboxQuery(PLAIN).toString()).toBe('view=mine')
  })

  test('survives nonsense typed into it', () => {
    const query = readInboxQuery(new URLSearchParams('view=secret&sort=colour&priority=urgent&priority=low&received=once&due=2026..x'))
    expect(query).toEqual({ ...PLAIN, priorities: ['LOW'] })
  })
})

describe('the filter sent to the server', () => {
  test('narrows the view and leaves out what is not narrowed by', () => {
    expect(ticketFilter({ ...PLAIN, priorities: ['HIGH'] })).toEqual({ mine: true, categories: ['NEW', 'OPEN', 'PENDING', 'ESCALATED'], priorities: ['HIGH'] })
  })

  test('looks for words among all tickets, or in the view where that is wanted', () => {
    expect(ticketFilter({ ...PLAIN, text: '  colis ' })).toEqual({ text: 'colis' })
    expect(ticketFilter({ ...PLAIN, text: 'colis', isWithinView: true })).toEqual({ mine: true, categories: ['NEW', 'OPEN', 'PENDING', 'ESCALATED'], text: 'colis' })
  })

  test('knows what is due: late, on some days, never', () => {
    const clock = { now: Date.parse('2026-11-20T09:00:00Z'), zone: 'UTC' }
    const dueBy = (due: string) => ticketFilter({ ...PLAIN, view: 'all', due }, clock)
    expect(dueBy('late')).toEqual({ late: true })
    expect(dueBy('none')).toEqual({ withoutDueTime: true })
    expect(dueBy('today')).toEqual({ dueAfter: '2026-11-20T00:00:00.000Z', dueBefore: '2026-11-21T00:00:00.000Z' })
  })

  test('shows what is most late first, unless somebody sorts otherwise', () => {
    const sorted = (address: string) => readInboxQuery(new URLSearchParams(address)).order
    expect(sorted('view=late')).toEqual({ field: 'DUE_AT', direction: 'ASC' })
    expect(sorted('view=late&sort=-activity')).toEqual(DEFAULT_ORDER)
    expect(writeInboxQuery(readInboxQuery(new URLSearchParams('view=late&sort=-activity'))).get('sort')).toBe('-activity')
  })

  test('keeps every choice of the bar', () => {
    expect(ticketFilter(FULL, { now: 0, zone: 'UTC' })).toEqual({
      late: true,
      scoreClasses: ['DETRACTOR', 'PASSIVE'],
      createdAfter: '2026-11-01T00:00:00.000Z',
      createdBefore: '2026-11-21T00:00:00.000Z',
      text: 'colis & retard',
      statusIds: ['sta_1', 'sta_2'],
      priorities: ['HIGH'],
      teamIds: ['tea_1'],
      assigneeIds: ['usr_3'],
      surveyIds: ['srv_1'],
      segments: ['Paris, Lyon', 'Web'],
    })
  })

  test('is narrowed by a text or a list, not by the view or the order', () => {
    expect(isNarrowed({ ...PLAIN, view: 'all', order: FULL.order })).toBe(false)
    expect(isNarrowed({ ...PLAIN, segments: ['Web'] })).toBe(true)
  })
})
