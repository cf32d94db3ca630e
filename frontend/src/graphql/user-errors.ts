import type { CombinedError } from 'urql'
import type { ErrorCode } from './generated/schema'

/** The server's codes, and ours for an operation that failed before anybody could refuse it. */
export type RefusalCode = ErrorCode | 'FAILED'

export interface UserError {
  field?: string[] | null
  message: string
  code: RefusalCode
  retryable?: boolean
}

/** What a write came to: its payload, the refusals of the server, or no answer at all. */
export type Outcome<P> = { ok: true; payload: P } | { ok: false; payload: P | null; errors: UserError[]; unreachable: boolean }

interface Payload {
  userErrors: UserError[]
}

/** Reads the one payload of a mutation's result. Every mutation answers `{ <object>, userErrors }`. */
export function outcomeOf<P extends Payload>(result: { data?: Record<string, unknown> | null; error?: CombinedError }): Outcome<P> {
  const payload = (Object.entries(result.data ?? {}).find(([name]) => name !== '__typename')?.[1] ?? null) as P | null
  if (payload && payload.userErrors.length > 0) return { ok: false, payload, errors: payload.userErrors, unreachable: false }
  if (payload && !result.error) return { ok: true, payload }
  const unreachable = Boolean(result.error?.networkError)
  const errors = (result.error?.graphQLErrors ?? []).map(({ message, extensions }) => ({ message, code: codeOf(extensions) }))
  return { ok: false, payload: null, errors, unreachable }
}

/** A missing right is refused before the operation runs, beside `data`; anything else there is no refusal but a failure. */
function codeOf(extensions: Record<string, unknown>): RefusalCode {
  return extensions.code === 'FORBIDDEN' ? 'FORBIDDEN' : 'FAILED'
}

/** The refusals by the name of the field they belong to; those of no field stand under "". */
export function errorsByField(errors: UserError[]): Record<string, string> {
  const byField: Record<string, string> = {}
  for (const { field, message } of errors) byField[field?.at(-1) ?? ''] ??= message
  return byField
}

export function hasCode(errors: UserError[], code: ErrorCode): boolean {
  return errors.some((error) => error.code === code)
}
