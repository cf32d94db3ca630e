import { strings as contacts } from '@/features/contacts/strings.en'
import { strings as settings } from '@/features/settings/strings.en'

/** The English words of the screens that load when they are opened: one catalogue file per feature, spread here. */
export const messages = {
  ...contacts,
  ...settings,
}
