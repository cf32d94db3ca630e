import { describe, expect, test } from 'vitest'
import { makeEvent } from '@/testing/tickets'
import { type Answer, answerText, scoreFirst } from './answers'
import { dueClock } from './due-clock'
import { tellEvent } from './event-story'
import { customerLabel } from './customer-label'
import { dataName } from './data-name'
import { type ScoredResponse, trendBands } from './score-trend'
import { segmentOptions } from './segment-options'
import { roomForWords, titleOf } from './ticket-title'

describe('the clock to the next escalation', () => {
  const now = Date.parse('2026-11-20T12:00:00Z')

  test('counts down, warns in the last hour, then counts the delay', () => {
    expect(dueClock('2026-11-20T15:00:00Z', now)).toEqual({ isOverdue: false, isSoon: false, distance: 3 * 3_600_000 })
    expect(dueClock('2026-11-20T12:30:00Z', now)).toMatchObject({ isOverdue: false, isSoon: true })
    expect(dueClock('2026-11-20T11:00:00Z', now)).toEqual({ isOverdue: true, isSoon: false, distance: 3_600_000 })
  })

  test('stands still when no rule waits', () => {
    expect(dueClock(null, now)).toBeNull()
  })
})

describe('the story of an event', () => {
  const assigned = (changes: { field: string; before: string | null; after: string | null }[], more = {}) => tellEvent(makeEvent({ kind: 'TICKET_ASSIGNED', changes, ...more }))

  test('tells taking from being given', () => {
    expect(assigned([{ field: 'assignee', before: null, after: 'Léa Fontaine' }])).toEqual({ id: 'tickets.event.taken' })
    expect(assigned([{ field: 'assignee', before: null, after: 'Marc Delorme' }])).toEqual({ id: 'tickets.event.assigned', after: 'Marc Delorme' })
  })

  test('names the person whose absence turned it elsewhere', () => {
    const story = assigned([{ field: 'assignee', before: null, after: 'Hugo Lambert' }], { forwardedFrom: { id: 'usr_5', name: 'Sofia Marques' } })
    expect(story).toEqual({ id: 'tickets.event.forwarded', after: 'Hugo Lambert', person: 'Sofia Marques' })
  })

  test('tells a team from a person, and nobody from somebody', () => {
    expect(assigned([{ field: 'team', before: null, after: 'Boutiques' }])).toEqual({ id: 'tickets.event.teamAssigned', after: 'Boutiques' })
    expect(assigned([{ field: 'assignee', before: 'Marc Delorme', after: null }])).toEqual({ id: 'tickets.event.unassigned', before: 'Marc Delorme' })
  })

  test('names the rule that escalated', () => {
    expect(tellEvent(makeEvent({ kind: 'TICKET_ESCALATED', actorKind: 'SYSTEM', actor: null, ruleName: '24 h' }))).toEqual({
      id: 'tickets.event.escalatedByRule',
      rule: '24 h',
    })
    expect(tellEvent(makeEvent({ kind: 'TICKET_ESCALATED' }))).toEqual({ id: 'tickets.event.escalated' })
  })

  test('has a sentence even for what this screen does not know', () => {
    expect(tellEvent(makeEvent({ kind: 'TEAM_DELETED' }))).toEqual({ id: 'tickets.event.other' })
  })
})

describe('the answers of a response', () => {
  const text = (fr: string) => ({ fr, en: fr })
  const answer = (given: Omit<Partial<Answer>, 'question'> & { question: Partial<Answer['question']> }): Answer => ({
    number: null,
    text: null,
    choices: [],
    ...given,
    question: { key: 'q', kind: 'TEXT', role: null, points: null, text: text('?'), ...given.question },
  })

  test('come with the score first and the customer’s words second', () => {
    const answers = [answer({ question: { key: 'other' } }), answer({ question: { key: 'why', role: 'COMMENT' } }), answer({ question: { key: 'nps', role: 'SCORE' } })]
    expect(scoreFirst(answers).map(({ question }) => question.key)).toEqual(['nps', 'why', 'other'])
  })

  test('are written out by kind', () => {
    expect(answerText(answer({ question: { kind: 'NPS' }, number: 0 }), 'fr')).toBe('0 / 10')
    expect(answerText(answer({ question: { kind: 'CSAT', points: 5 }, number: 4 }), 'fr')).toBe('4 / 5')
    expect(answerText(answer({ question: { kind: 'CHOICE' }, choices: [{ key: 'a', text: text('Livraison') }, { key: 'b', text: text('Prix') }] }), 'fr')).toBe('Livraison, Prix')
    expect(answerText(answer({ question: {} }), 'fr')).toBe('')
  })
})

describe('the scores of a customer', () => {
  const response = (id: string, score: number | null, submittedAt: string, scoreMaximum = 10) =>
    ({ id, score, scoreMaximum: score === null ? null : scoreMaximum, scoreClass: null, submittedAt, survey: { id: 'srv_1', name: 'NPS' } }) as ScoredResponse
  const drawn = (responses: ScoredResponse[]) => trendBands(responses).map(({ minimum, maximum, points }) => [minimum, maximum, points.map(({ x, y, response: { id } }) => [id, x, y])])

  test('run from oldest to newest and skip answers without one', () => {
    expect(drawn([response('b', 10, '2026-02-01'), response('c', null, '2026-03-01'), response('a', 0, '2026-01-01')])).toEqual([[0, 10, [['a', 0, 1], ['b', 1, 0]]]])
  })

  test('of different scales lie on lines of their own, over the same time', () => {
    const mixed = [response('a', 10, '2026-01-01'), response('b', 1, '2026-02-01', 5), response('c', 5, '2026-03-01', 5)]
    expect(drawn(mixed)).toEqual([
      [0, 10, [['a', 0, 0]]],
      [1, 5, [['b', 0.5, 1], ['c', 1, 0]]],
    ])
  })
})

test('a field of embedded data is called as people write', () => {
  expect(['commande', 'numero_commande', 'numeroCommande', 'store-id'].map(dataName)).toEqual(['Commande', 'Numero commande', 'Numero commande', 'Store id'])
})

test('a customer who gave no name is anonymous in the language of the screen', () => {
  expect(customerLabel({ customerName: null }, (key) => key)).toBe('tickets.customer.anonymous')
  expect(customerLabel({ customerName: 'Odile Ferrand' }, (key) => key)).toBe('Odile Ferrand')
})

describe('the title of a ticket', () => {
  const comment = 'Colis jamais reçu, et personne ne répond.'

  test('is what the customer said, whole, while nobody called it otherwise', () => {
    expect(titleOf({ subject: 'Colis jamais reçu, et personne', comment })).toBe(comment)
    expect(titleOf({ subject: 'Colis jamais reçu…', comment })).toBe(comment)
    expect(titleOf({ subject: 'À rappeler', comment })).toBe('À rappeler')
    expect(titleOf({ subject: 'Après commande web · 6/10', comment: null })).toBe('Après commande web · 6/10')
  })

  test('says everything, or leaves the words to stand below', () => {
    const rooms = (more: { subject?: string; comment?: string | null }) => roomForWords({ subject: 'Colis jamais reçu', comment, ...more })
    expect(rooms({})).toBe('any')
    expect(rooms({ subject: 'Après commande web · 6/10', comment: null })).toBe('any')
    expect(rooms({ subject: 'À rappeler' })).toBe('none')
    expect(rooms({ comment: `${comment} ${comment} ${comment} ${comment}` })).toBe('wide')
    expect(rooms({ comment: comment.repeat(9) })).toBe('none')
    expect(rooms({ comment: 'Colis jamais reçu.\nMerci.' })).toBe('none')
  })
})

test('a segment may be chosen, cleared, or written anew', () => {
  const ids = (typed: string) => segmentOptions(['Paris', 'Lyon'], typed, 'Sans segment').map(({ id }) => id)
  expect(ids('')).toEqual(['__none__', 'Paris', 'Lyon'])
  expect(ids('par')).toEqual(['Paris', 'par'])
  expect(ids('Lyon')).toEqual(['Lyon'])
})
