import { strings as contacts } from '@/features/contacts/strings.en'
import { strings as editing } from '@/features/editing/strings.en'
import { strings as escalation } from '@/features/escalation/strings.en'
import { strings as newTicket } from '@/features/new-ticket/strings.en'
import { strings as people } from '@/features/people/strings.en'
import { strings as settings } from '@/features/settings/strings.en'
import { strings as surveys } from '@/features/surveys/strings.en'

/** The English words of the screens that load when they are opened: one catalogue file per feature, spread here. */
export const messages = {
  ...contacts,
  ...editing,
  ...escalation,
  ...newTicket,
  ...people,
  ...settings,
  ...surveys,
}
