import { describe, expect, test } from 'vitest'
import { definitionInput, type Draft, draftOf, editDraft, type EditorAction, highestScore } from './definition-editor'

const words = (text: string) => ({ fr: text, en: text })
const plain = { required: false, role: null, points: null, choices: [], multiple: false, multiline: false, contactField: null }

const DRAFT: Draft = draftOf({
  title: words('Votre avis'),
  introduction: words(''),
  thanks: words('Merci'),
  embeddedFields: ['store'],
  questions: [
    { ...plain, key: 'nps', kind: 'NPS', text: words('Recommander ?'), required: true, role: 'SCORE' },
    { ...plain, key: 'why', kind: 'TEXT', text: words('Pourquoi ?'), role: 'COMMENT', multiline: true },
    { ...plain, key: 'mail', kind: 'TEXT', text: words('E-mail'), contactField: 'EMAIL' },
  ],
})

const after = (...actions: EditorAction[]) => actions.reduce(editDraft, DRAFT)
const keys = (draft: Draft) => draft.questions.map(({ key }) => key)
const question = (draft: Draft, id: string) => draft.questions.find((each) => each.id === id)

test('a definition goes to the server as it came', () => {
  const { questions, ...texts } = definitionInput(DRAFT)
  expect(texts).toEqual({ title: words('Votre avis'), introduction: words(''), thanks: words('Merci'), embeddedFields: ['store'] })
  expect(questions.map((each) => 'id' in each)).toEqual([false, false, false])
})

describe('moving', () => {
  test.each([
    ['nps', 2, ['why', 'mail', 'nps']],
    ['mail', 0, ['mail', 'nps', 'why']],
    ['why', 1, ['nps', 'why', 'mail']],
    ['why', 99, ['nps', 'mail', 'why']],
    ['nps', -1, ['nps', 'why', 'mail']],
  ] as const)('%s to place %i', (id, to, order) => expect(keys(after({ type: 'move', id, to }))).toEqual(order))
})

describe('a new question', () => {
  test('gets a key of its own, also after one was removed', () => {
    const draft = after({ type: 'add', kind: 'TEXT' }, { type: 'add', kind: 'TEXT' }, { type: 'remove', id: 'new_1' }, { type: 'add', kind: 'TEXT' })
    expect(new Set(keys(draft)).size).toBe(5)
  })
  test('of choices starts with two of them, with different keys', () => {
    const draft = after({ type: 'add', kind: 'CHOICE', at: 1 })
    expect(draft.questions[1]?.choices.map(({ key }) => key)).toEqual(['choice_1', 'choice_2'])
  })
  test('with a scale becomes the score where there is none yet', () => {
    expect(after({ type: 'remove', id: 'nps' }, { type: 'add', kind: 'CSAT' }).questions.at(-1)).toMatchObject({ role: 'SCORE', points: 5, required: true })
    expect(after({ type: 'add', kind: 'CES' }).questions.at(-1)).toMatchObject({ role: null })
  })
})

describe('what belongs to one question only', () => {
  test('the score moves to the question that claims it', () => {
    const draft = after({ type: 'add', kind: 'CSAT' }, { type: 'change', id: 'new_1', change: { role: 'SCORE' } })
    expect(question(draft, 'nps')?.role).toBeNull()
    expect(question(draft, 'new_1')?.role).toBe('SCORE')
    expect(question(draft, 'why')?.role).toBe('COMMENT')
  })
  test('a contact detail is asked for once', () => {
    const draft = after({ type: 'change', id: 'why', change: { contactField: 'EMAIL' } })
    expect(question(draft, 'mail')?.contactField).toBeNull()
  })
  test('a contact detail is neither the comment nor of several lines', () => {
    expect(question(after({ type: 'change', id: 'why', change: { contactField: 'PHONE' } }), 'why')).toMatchObject({ role: null, multiline: false })
  })
})

describe('another kind', () => {
  test('of scale keeps the score', () => expect(question(after({ type: 'turnInto', id: 'nps', kind: 'CES' }), 'nps')).toMatchObject({ role: 'SCORE', points: 5 }))
  test('that cannot be a score gives it up, with everything of the old kind', () => {
    expect(question(after({ type: 'turnInto', id: 'nps', kind: 'CHOICE' }), 'nps')).toMatchObject({ role: null, points: null, key: 'nps', text: words('Recommander ?') })
    expect(question(after({ type: 'turnInto', id: 'mail', kind: 'NPS' }), 'mail')).toMatchObject({ contactField: null, points: null, choices: [] })
  })
})

test('choices are written, moved and removed in their own question', () => {
  const draft = after(
    { type: 'add', kind: 'CHOICE' },
    { type: 'addChoice', id: 'new_1' },
    { type: 'changeChoice', id: 'new_1', index: 0, change: { text: words('Livraison') } },
    { type: 'moveChoice', id: 'new_1', index: 0, to: 2 },
    { type: 'removeChoice', id: 'new_1', index: 0 },
  )
  expect(question(draft, 'new_1')?.choices).toEqual([
    { key: 'choice_3', text: words('') },
    { key: 'choice_1', text: words('Livraison') },
  ])
})

test('a key can be rewritten without losing the question', () => {
  const draft = after({ type: 'change', id: 'why', change: { key: 'reason' } }, { type: 'change', id: 'why', change: { required: true } })
  expect(question(draft, 'why')).toMatchObject({ key: 'reason', required: true })
})

test('the best possible mark is that of the question which decides the score', () => {
  const ask = (kind: 'NPS' | 'CSAT', role: 'SCORE' | null, points: number | null) => ({ kind, role, points })
  expect(highestScore([ask('NPS', null, null), ask('CSAT', 'SCORE', 7)])).toBe(7)
  expect(highestScore([ask('NPS', 'SCORE', null)])).toBe(10)
  expect(highestScore([ask('NPS', null, null)])).toBeNull()
})
