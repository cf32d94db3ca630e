import type { MessageKey } from '@/app/i18n/i18n'
import type { Translate } from '@/app/i18n/use-strings'
import type { ErrorCode } from './generated/schema'
import type { UserError } from './user-errors'

/** The server explains itself in English; these are its codes in the words of the screen. */
const BY_CODE: Record<ErrorCode, MessageKey> = {
  INVALID: 'app.refused.INVALID',
  REQUIRED: 'app.required',
  NOT_FOUND: 'app.refused.NOT_FOUND',
  FORBIDDEN: 'app.refused.FORBIDDEN',
  CONFLICT: 'app.refused.CONFLICT',
  IMMUTABLE: 'app.refused.IMMUTABLE',
  IDEMPOTENCY_MISMATCH: 'app.refused.IDEMPOTENCY_MISMATCH',
  TAKEN: 'app.refused.TAKEN',
  NOT_ALLOWED_NOW: 'app.refused.NOT_ALLOWED_NOW',
  SIGN_IN_FAILED: 'app.refused.SIGN_IN_FAILED',
  RATE_LIMITED: 'app.refused.RATE_LIMITED',
  CLOSED: 'app.refused.CLOSED',
  UNAVAILABLE: 'app.refused.UNAVAILABLE',
  REASSIGN_REQUIRED: 'app.refused.REASSIGN_REQUIRED',
}

/** What these leave open (which value, whose right, how many tickets) is in the server's own message. */
const IN_DETAIL: ReadonlySet<ErrorCode> = new Set(['INVALID', 'FORBIDDEN', 'TAKEN', 'NOT_ALLOWED_NOW', 'CLOSED', 'REASSIGN_REQUIRED', 'IDEMPOTENCY_MISMATCH', 'UNAVAILABLE'])

/** Why the server refused, in the language of the screen: a screen's own words for a case come first. */
export function refusalText(error: UserError, t: Translate, own?: (error: UserError) => string | null): string {
  const ownWords = own?.(error)
  if (ownWords) return ownWords
  const words = t(BY_CODE[error.code])
  return error.message && IN_DETAIL.has(error.code) ? t('app.refused.detail', { words, message: error.message }) : words
}
