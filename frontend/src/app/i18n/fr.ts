import { strings as app } from '../strings.fr'
import { strings as inbox } from '@/features/inbox/strings.fr'
import { strings as session } from '@/features/session/strings.fr'
import { strings as tickets } from '@/features/tickets/strings.fr'

/** The French words of the first load: frame, inbox, ticket. Other screens are in fr-screens.ts. */
export const messages = { ...app, ...inbox, ...session, ...tickets }
