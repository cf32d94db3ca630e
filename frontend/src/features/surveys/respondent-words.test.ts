import { expect, test } from 'vitest'
import type { DraftQuestion } from './definition-editor'
import { pageBlocks, scaleOf } from './respondent-words'

const question = (id: string, contactField: DraftQuestion['contactField'] = null): DraftQuestion => ({
  id, key: id, kind: 'TEXT', text: { fr: '', en: '' }, required: false, role: null, points: null, choices: [], multiple: false, multiline: false, contactField,
})

test('contact details that follow each other stand together, others alone', () => {
  const blocks = pageBlocks([question('a'), question('b', 'EMAIL'), question('c', 'PHONE'), question('d'), question('e', 'LAST_NAME')])
  expect(blocks.map((block) => block.map(({ id }) => id))).toEqual([['a'], ['b', 'c'], ['d'], ['e']])
})

test('scales begin at 0 for NPS and at 1 for the others', () => {
  expect(scaleOf({ kind: 'NPS', points: null })?.marks).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  expect(scaleOf({ kind: 'CES', points: 7 })?.marks).toEqual([1, 2, 3, 4, 5, 6, 7])
  expect(scaleOf({ kind: 'TEXT', points: null })).toBeNull()
})
