import type { Translate } from '@/app/i18n/use-strings'
import { refusalWords } from '@/features/editing/refusals'
import type { UserError } from '@/graphql/user-errors'

/** Refusals by their place in the definition, such as "questions.2.text.en". */
export type PathErrors = ReadonlyMap<string, string>

export function definitionErrors(errors: readonly UserError[], t: Translate): PathErrors {
  const found = new Map<string, string>()
  for (const error of errors) {
    const at = error.field?.indexOf('definition') ?? -1
    if (at >= 0) found.set((error.field ?? []).slice(at + 1).join('.'), refusalWords(error, t))
  }
  return found
}

/** Whether anything at or below this place was refused. */
export function hasErrorUnder(errors: PathErrors, path: string): boolean {
  return [...errors.keys()].some((key) => key === path || key.startsWith(`${path}.`))
}
