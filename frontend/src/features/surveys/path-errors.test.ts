import { expect, test } from 'vitest'
import type { UserError } from '@/graphql/user-errors'
import { type Draft, draftOf, editDraft, type EditorAction } from './definition-editor'
import { definitionErrors, errorsAfter, hasErrorUnder } from './path-errors'

const words = { fr: 'x', en: 'x' }
const plain = { required: false, role: null, points: null, choices: [], multiple: false, multiline: false, contactField: null, kind: 'TEXT' as const, text: words }
const DRAFT: Draft = draftOf({ title: words, introduction: words, thanks: words, embeddedFields: [], questions: [{ ...plain, key: 'a' }, { ...plain, key: 'b' }] })
const refused = (...field: string[]): UserError => ({ field: ['input', 'definition', ...field], message: '', code: 'REQUIRED' })
const say = (key: string) => key

const errors = definitionErrors([refused('title', 'en'), refused('questions', '1', 'text', 'en'), refused('questions', '1', 'text', 'fr'), { field: ['id'], message: '', code: 'NOT_FOUND' }], DRAFT, say)

test('a refusal belongs to the question that stood there when it was sent', () => {
  expect([...errors.keys()]).toEqual(['title.en', 'b.text.en', 'b.text.fr'])
  expect(hasErrorUnder(errors, 'b')).toBe(true)
  expect(hasErrorUnder(errors, 'a')).toBe(false)
})

test('a refusal moves with its question', () => {
  const move: EditorAction = { type: 'move', id: 'b', to: 0 }
  expect(editDraft(DRAFT, move).questions[0]?.id).toBe('b')
  expect(hasErrorUnder(errorsAfter(errors, move), 'b')).toBe(true)
})

test('writing a text takes its own mark away and no other', () => {
  expect([...errorsAfter(errors, { type: 'change', id: 'b', change: { text: { fr: '', en: 'Why?' } } }).keys()]).toEqual(['title.en', 'b.text.fr'])
  expect([...errorsAfter(errors, { type: 'write', field: 'title', language: 'en', text: 'Hello' }).keys()]).toEqual(['b.text.en', 'b.text.fr'])
})

test('a removed question takes its marks with it', () => expect([...errorsAfter(errors, { type: 'remove', id: 'b' }).keys()]).toEqual(['title.en']))
