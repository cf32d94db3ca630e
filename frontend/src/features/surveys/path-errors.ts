import type { Translate } from '@/app/i18n/use-strings'
import { refusalWords } from '@/features/editing/refusals'
import type { UserError } from '@/graphql/user-errors'
import type { Draft, EditorAction } from './definition-editor'

/** Refusals by their place in the draft, such as "title.en" or "new_1.text.en": a question goes by its id, wherever it is moved. */
export type PathErrors = ReadonlyMap<string, string>

/** The refusals of a definition that was sent; `sent` tells which question stood where. */
export function definitionErrors(errors: readonly UserError[], sent: Draft, t: Translate): PathErrors {
  const found = new Map<string, string>()
  for (const error of errors) {
    const at = error.field?.indexOf('definition') ?? -1
    if (at < 0) continue
    const [first = '', place, ...rest] = (error.field ?? []).slice(at + 1)
    const question = first === 'questions' && place !== undefined ? sent.questions[Number(place)] : undefined
    const path = question ? [question.id, ...rest] : [first, ...(place === undefined ? [] : [place]), ...rest]
    found.set(path.join('.'), refusalWords(error, t))
  }
  return found
}

/** Whether anything at or below this place was refused. */
export function hasErrorUnder(errors: PathErrors, path: string): boolean {
  return [...errors.keys()].some((key) => isUnder(key, path))
}

/** What is being put right is no longer marked as wrong. */
export function errorsAfter(errors: PathErrors, action: EditorAction): PathErrors {
  const touched = touchedBy(action)
  return new Map([...errors].filter(([key]) => !touched.some((path) => isUnder(key, path))))
}

const isUnder = (key: string, path: string) => key === path || key.startsWith(`${path}.`)

function touchedBy(action: EditorAction): string[] {
  switch (action.type) {
    case 'write':
      return [`${action.field}.${action.language}`]
    case 'embed':
      return ['embeddedFields']
    case 'add':
      return ['questions']
    case 'change':
      return Object.entries(action.change).flatMap(([field, value]) => (field === 'text' ? filled(`${action.id}.text`, value) : [`${action.id}.${field}`]))
    case 'turnInto':
    case 'remove':
      return [action.id, 'questions']
    case 'changeChoice':
      return filled(`${action.id}.choices.${action.index}.text`, action.change.text)
    case 'move':
      return []
    default:
      return [`${action.id}.choices`]
  }
}

/** The languages in which a text now says something. */
function filled(path: string, text: unknown): string[] {
  return Object.entries(text ?? {}).flatMap(([language, words]) => (words ? [`${path}.${language}`] : []))
}
