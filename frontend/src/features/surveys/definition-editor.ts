import type { ContactField, QuestionInput, QuestionKind, QuestionRole, SurveyDefinitionInput } from '@/graphql/generated/schema'
import type { DefinitionFragment } from './surveys.generated'

export type Language = 'fr' | 'en'
export interface Words {
  fr: string
  en: string
}

export interface DraftChoice {
  key: string
  text: Words
}

/** One question on the bench. `id` stays the same while its key is being rewritten. */
export interface DraftQuestion {
  id: string
  key: string
  kind: QuestionKind
  text: Words
  required: boolean
  role: QuestionRole | null
  points: number | null
  choices: DraftChoice[]
  multiple: boolean
  multiline: boolean
  contactField: ContactField | null
}

export interface Draft {
  title: Words
  introduction: Words
  thanks: Words
  questions: DraftQuestion[]
  embeddedFields: string[]
}

export type TextField = 'title' | 'introduction' | 'thanks'

export type EditorAction =
  | { type: 'write'; field: TextField; language: Language; text: string }
  | { type: 'embed'; names: string[] }
  | { type: 'add'; kind: QuestionKind; at?: number }
  | { type: 'change'; id: string; change: Partial<Omit<DraftQuestion, 'id' | 'kind' | 'choices'>> }
  | { type: 'turnInto'; id: string; kind: QuestionKind }
  | { type: 'remove'; id: string }
  | { type: 'move'; id: string; to: number }
  | { type: 'addChoice'; id: string }
  | { type: 'changeChoice'; id: string; index: number; change: Partial<DraftChoice> }
  | { type: 'removeChoice'; id: string; index: number }
  | { type: 'moveChoice'; id: string; index: number; to: number }

const EMPTY: Words = { fr: '', en: '' }
const DEFAULT_POINTS = 5
const SCORED: QuestionKind[] = ['NPS', 'CSAT', 'CES']

export const isScored = (kind: QuestionKind) => SCORED.includes(kind)

/** The best possible mark on the question that decides the score; null where none does. */
export function highestScore(questions: readonly Pick<DefinitionFragment['questions'][number], 'kind' | 'role' | 'points'>[]): number | null {
  const scored = questions.find(({ role }) => role === 'SCORE')
  return scored ? highestMark(scored) : null
}

export const highestMark = ({ kind, points }: { kind: QuestionKind; points?: number | null }) => (kind === 'NPS' ? 10 : (points ?? DEFAULT_POINTS))

export function draftOf({ title, introduction, thanks, questions, embeddedFields }: DefinitionFragment): Draft {
  const words = ({ fr, en }: Words): Words => ({ fr, en })
  return {
    title: words(title),
    introduction: words(introduction),
    thanks: words(thanks),
    embeddedFields: [...embeddedFields],
    questions: questions.map(({ key, kind, text, required, role, points, choices, multiple, multiline, contactField }) => ({
      id: key,
      key,
      kind,
      text: words(text),
      required,
      role: role ?? null,
      points: points ?? null,
      choices: choices.map((choice) => ({ key: choice.key, text: words(choice.text) })),
      multiple,
      multiline,
      contactField: contactField ?? null,
    })),
  }
}

export function definitionInput({ questions, ...texts }: Draft): SurveyDefinitionInput {
  return { ...texts, questions: questions.map(questionInput) }
}

function questionInput(question: DraftQuestion): QuestionInput {
  const { id: _, ...input } = question
  return input
}

/** The next state of the draft. Whatever makes no sense together is set right here, so that no screen has to. */
export function editDraft(draft: Draft, action: EditorAction): Draft {
  switch (action.type) {
    case 'write':
      return { ...draft, [action.field]: { ...draft[action.field], [action.language]: action.text } }
    case 'embed':
      return { ...draft, embeddedFields: action.names }
    case 'add':
      return { ...draft, questions: insert(draft.questions, newQuestion(draft, action.kind), action.at ?? draft.questions.length) }
    case 'remove':
      return { ...draft, questions: draft.questions.filter(({ id }) => id !== action.id) }
    case 'move':
      return { ...draft, questions: moved(draft.questions, draft.questions.findIndex(({ id }) => id === action.id), action.to) }
    case 'change':
      return { ...draft, questions: withSoleClaims(changed(draft, action.id, (question) => consistent({ ...question, ...action.change })), action.id) }
    case 'turnInto':
      return { ...draft, questions: changed(draft, action.id, (question) => turnedInto(question, action.kind)) }
    default:
      return { ...draft, questions: changed(draft, action.id, (question) => ({ ...question, choices: editChoices(question.choices, action) })) }
  }
}

type ChoiceAction = Extract<EditorAction, { type: 'addChoice' | 'changeChoice' | 'removeChoice' | 'moveChoice' }>

function editChoices(choices: DraftChoice[], action: ChoiceAction): DraftChoice[] {
  switch (action.type) {
    case 'addChoice':
      return [...choices, newChoice(choices)]
    case 'changeChoice':
      return choices.map((choice, index) => (index === action.index ? { ...choice, ...action.change } : choice))
    case 'removeChoice':
      return choices.filter((_, index) => index !== action.index)
    case 'moveChoice':
      return moved(choices, action.index, action.to)
  }
}

function changed(draft: Draft, id: string, change: (question: DraftQuestion) => DraftQuestion): DraftQuestion[] {
  return draft.questions.map((question) => (question.id === id ? change(question) : question))
}

/** One score, one comment, one question for each contact detail: the newest claim wins. */
function withSoleClaims(questions: DraftQuestion[], id: string): DraftQuestion[] {
  const claimant = questions.find((question) => question.id === id)
  if (!claimant) return questions
  return questions.map((question) => {
    if (question.id === id) return question
    return {
      ...question,
      role: claimant.role !== null && question.role === claimant.role ? null : question.role,
      contactField: claimant.contactField !== null && question.contactField === claimant.contactField ? null : question.contactField,
    }
  })
}

/** A contact detail is one line and never the comment. */
function consistent(question: DraftQuestion): DraftQuestion {
  if (!question.contactField) return question
  return { ...question, role: question.role === 'COMMENT' ? null : question.role, multiline: false }
}

function turnedInto(question: DraftQuestion, kind: QuestionKind): DraftQuestion {
  if (question.kind === kind) return question
  const keepsRole = isScored(kind) ? question.role === 'SCORE' : kind === 'TEXT' && question.role === 'COMMENT'
  return {
    ...question,
    kind,
    role: keepsRole ? question.role : null,
    points: kind === 'CSAT' || kind === 'CES' ? (question.points ?? DEFAULT_POINTS) : null,
    choices: kind === 'CHOICE' ? [newChoice([]), newChoice([{ key: 'choice_1', text: EMPTY }])] : [],
    multiple: false,
    multiline: false,
    contactField: null,
  }
}

function newQuestion({ questions }: Draft, kind: QuestionKind): DraftQuestion {
  const key = freeKey('question', questions.map((question) => question.key))
  const isFirstScore = isScored(kind) && !questions.some(({ role }) => role === 'SCORE')
  const blank: DraftQuestion = { id: freeKey('new', questions.map(({ id }) => id)), key, kind: 'TEXT', text: EMPTY, required: false, role: null, points: null, choices: [], multiple: false, multiline: false, contactField: null }
  return { ...turnedInto(blank, kind), role: isFirstScore ? 'SCORE' : null, required: isFirstScore }
}

const newChoice = (choices: DraftChoice[]): DraftChoice => ({ key: freeKey('choice', choices.map(({ key }) => key)), text: EMPTY })

function freeKey(stem: string, taken: string[]): string {
  let number = 1
  while (taken.includes(`${stem}_${number}`)) number += 1
  return `${stem}_${number}`
}

function insert<T>(list: readonly T[], item: T, at: number): T[] {
  return [...list.slice(0, at), item, ...list.slice(at)]
}

/** The list with one item elsewhere; `to` is its place in the new list. */
function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const item = list[from]
  if (item === undefined) return [...list]
  return insert(list.toSpliced(from, 1), item, Math.min(Math.max(to, 0), list.length - 1))
}
