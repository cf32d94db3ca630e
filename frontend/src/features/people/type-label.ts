import type { MessageKey } from '@/app/i18n/i18n'
import type { Translate } from '@/app/i18n/use-strings'

const BUILT_IN: Record<string, MessageKey> = {
  ticket_taker: 'people.type.ticket_taker',
  standard: 'people.type.standard',
  ticket_admin: 'people.type.ticket_admin',
  cx_admin: 'people.type.cx_admin',
  viewer: 'people.type.viewer',
  organisation_admin: 'people.type.organisation_admin',
}

/** Built-in types speak the language of the screen. */
export function typeLabel(type: { key: string; name: string }, t: Translate): string {
  const key = BUILT_IN[type.key]
  return key ? t(key) : type.name
}
