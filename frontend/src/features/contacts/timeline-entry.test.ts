import { describe, expect, test } from 'vitest'
import type { TimelineEventFragment } from './contacts.generated'
import { byDay, kindsOf, presentEvent } from './timeline-entry'

const event = (given: Partial<TimelineEventFragment>): TimelineEventFragment => ({
  id: 'evt_1', kind: 'TICKET_CREATED', at: '2026-05-04T10:00:00Z', actorKind: 'USER', actor: null, changes: [], text: null, ruleName: null, forwardedFrom: null, ticket: null, response: null, ...given,
})
const response = { id: 'rsp_1', score: 2, scoreMaximum: 10, scoreClass: 'DETRACTOR' as const, comment: 'Six jours de retard.', channel: 'PAGE' as const, survey: { id: 'srv_1', name: 'Après livraison' } }
const ticket = { id: 'tkt_1', key: 'T-1', subject: 'Retard' }

describe('a line of the timeline', () => {
  test('shows an answer with its survey, its score and the words of the customer', () => {
    const entry = presentEvent(event({ kind: 'RESPONSE_RECEIVED', actorKind: 'CUSTOMER', response, ticket }))
    expect(entry.headline).toEqual({ id: 'contacts.timeline.answeredSurvey', survey: 'Après livraison' })
    expect(entry.score?.score).toBe(2)
    expect(entry.quote).toEqual({ text: 'Six jours de retard.', by: 'customer' })
    expect(entry.ticket?.key).toBe('T-1')
  })

  test('still says that an answer came where the response may not be seen', () => {
    expect(presentEvent(event({ kind: 'RESPONSE_RECEIVED', response: null })).headline).toEqual({ id: 'contacts.timeline.answered' })
  })

  test('quotes a comment of the team and names its ticket', () => {
    const entry = presentEvent(event({ kind: 'TICKET_COMMENTED', text: 'Rappelée.', ticket }))
    expect(entry.quote).toEqual({ text: 'Rappelée.', by: 'team' })
    expect(entry.ticket?.key).toBe('T-1')
  })

  test('lists the changed fields that people know, and no others', () => {
    const changes = [
      { field: 'email', before: null, after: 'a@b.example' },
      { field: 'search_text', before: 'x', after: 'y' },
    ]
    expect(presentEvent(event({ kind: 'CONTACT_UPDATED', changes })).changes).toEqual([changes[0]])
  })

  test('tells who made a contact by hand from one who came by answering', () => {
    expect(presentEvent(event({ kind: 'CONTACT_CREATED' })).headline).toEqual({ id: 'contacts.timeline.createdBy' })
    expect(presentEvent(event({ kind: 'CONTACT_CREATED', actorKind: 'CUSTOMER' })).headline).toEqual({ id: 'contacts.timeline.created' })
  })
})

test('no topic and every topic both leave nothing out', () => {
  expect(kindsOf(new Set())).toBeNull()
  expect(kindsOf(new Set(['responses', 'tickets', 'comments', 'escalations', 'profile']))).toBeNull()
  expect(kindsOf(new Set(['comments', 'responses']))).toEqual(['RESPONSE_RECEIVED', 'TICKET_COMMENTED'])
})

test('events stand under their days in the order they came', () => {
  const events = [event({ id: 'evt_3', at: '2026-05-04T10:00:00Z' }), event({ id: 'evt_2', at: '2026-05-04T09:00:00Z' }), event({ id: 'evt_1', at: '2026-05-03T09:00:00Z' })]
  expect(byDay(events, (at) => at.slice(0, 10)).map(({ day, events: ofDay }) => [day, ofDay.map(({ id }) => id)])).toEqual([
    ['2026-05-04', ['evt_3', 'evt_2']],
    ['2026-05-03', ['evt_1']],
  ])
})
