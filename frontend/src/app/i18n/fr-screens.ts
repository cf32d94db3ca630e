import { strings as contacts } from '@/features/contacts/strings.fr'
import { strings as editing } from '@/features/editing/strings.fr'
import { strings as escalation } from '@/features/escalation/strings.fr'
import { strings as newTicket } from '@/features/new-ticket/strings.fr'
import { strings as people } from '@/features/people/strings.fr'
import { strings as settings } from '@/features/settings/strings.fr'
import { strings as surveys } from '@/features/surveys/strings.fr'

/** The French words of the screens that load when they are opened: one catalogue file per feature, spread here. */
export const messages = {
  ...contacts,
  ...editing,
  ...escalation,
  ...newTicket,
  ...people,
  ...settings,
  ...surveys,
}
