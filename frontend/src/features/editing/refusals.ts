import type { MessageKey } from '@/app/i18n/i18n'
import { type Translate, useStrings } from '@/app/i18n/use-strings'
import { refusalText } from '@/graphql/refusal-text'
import type { Outcome, UserError } from '@/graphql/user-errors'

/** Refusals that a form says in its own, shorter words. */
const WORDS: MessageKey[] = [
  'edit.refused.email.INVALID',
  'edit.refused.email.TAKEN',
  'edit.refused.phone.INVALID',
  'edit.refused.externalReference.TAKEN',
  'edit.refused.name.TAKEN',
  'edit.refused.name.INVALID',
  'edit.refused.password.INVALID',
  'edit.refused.new.INVALID',
  'edit.refused.current.SIGN_IN_FAILED',
  'edit.refused.endsAt.INVALID',
  'edit.refused.startsAt.INVALID',
  'edit.refused.expiresInDays.INVALID',
  'edit.refused.delayMinutes.INVALID',
  'edit.refused.key.TAKEN',
  'edit.refused.key.INVALID',
  'edit.refused.userTypeId.NOT_ALLOWED_NOW',
  'edit.refused.permissions.NOT_ALLOWED_NOW',
]

/** A refusal in the language of the screen. */
export function refusalWords(error: UserError, t: Translate): string {
  const key = WORDS.find((word) => word === `edit.refused.${error.field?.at(-1)}.${error.code}`)
  return refusalText(error, t, () => (key ? t(key) : null))
}

/** What a write was refused for, by the name of the field; what belongs to no field stands under "". */
export function refusalsOf(outcome: Outcome<unknown>, t: Translate): Record<string, string> {
  if (outcome.ok) return {}
  if (outcome.unreachable) return { '': t('app.error.unreachable.text') }
  const byField: Record<string, string> = {}
  for (const error of outcome.errors) byField[error.field?.at(-1) ?? ''] ??= refusalWords(error, t)
  return byField
}

/** The refusals that no field of the form shows: they stand above it. */
export function generalRefusal(refusals: Record<string, string>, fields: readonly string[]): string | null {
  const others = Object.entries(refusals).filter(([name]) => !fields.includes(name))
  return others.length > 0 ? [...new Set(others.map(([, text]) => text))].join(' ') : null
}

/** Everything a write was refused for, as one text, where no form shows it by field. */
export function useRefusalWords(): (outcome: Outcome<unknown>) => string {
  const refusals = useRefusals()
  return (outcome) => generalRefusal(refusals(outcome), []) ?? ''
}

export function useRefusals(): (outcome: Outcome<unknown>) => Record<string, string> {
  const t = useStrings()
  return (outcome) => refusalsOf(outcome, t)
}
