import { describe, expect, test } from 'vitest'
import { DEFAULT_ORDER, type InboxQuery, isNarrowed, NOTHING_NARROWED, readInboxQuery, ticketFilter, writeInboxQuery } from './inbox-query'

const PLAIN: InboxQuery = { view: 'mine', order: DEFAULT_ORDER, ...NOTHING_NARROWED }
const FULL: InboxQuery = {
  view: 'all',
  order: { field: 'DUE_AT', direction: 'ASC' },
  text: 'colis & retard',
  statuses: ['sta_1', 'sta_2'],
  priorities: ['HIGH'],
  teams: ['tea_1'],
  assignees: ['usr_3'],
  surveys: ['srv_1'],
  segments: ['Paris, Lyon', 'Web'],
}

describe('the address of the inbox', () => {
  test.each([PLAIN, FULL])('comes back as the query it was written from', (query) => {
    expect(readInboxQuery(new URLSearchParams(writeInboxQuery(query).toString()))).toEqual(query)
  })

  test('says only what differs from the ordinary', () => {
    expect(writeInboxQuery(PLAIN).toString()).toBe('view=mine')
  })

  test('survives nonsense typed into it', () => {
    const query = readInboxQuery(new URLSearchParams('view=secret&sort=colour&priority=urgent&priority=low'))
    expect(query).toEqual({ ...PLAIN, priorities: ['LOW'] })
  })
})

describe('the filter sent to the server', () => {
  test('narrows the view and leaves out what is not narrowed by', () => {
    expect(ticketFilter({ ...PLAIN, text: '  colis ' })).toEqual({ mine: true, categories: ['NEW', 'OPEN', 'PENDING', 'ESCALATED'], text: 'colis' })
  })

  test('keeps every choice of the bar', () => {
    expect(ticketFilter(FULL)).toEqual({
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
