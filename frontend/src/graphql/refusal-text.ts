import type { Translate } from '@/app/i18n/use-strings'
import type { UserError } from './user-errors'

/** Why something was refused: a screen's own words for the case come first, then the server's, which speaks the viewer's language. */
export function refusalText(error: UserError | undefined, t: Translate, own?: (error: UserError) => string | null): string {
  return (error && (own?.(error) || error.message)) || t('app.failed')
}
