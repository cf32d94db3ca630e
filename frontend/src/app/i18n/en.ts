import { strings as app } from '../strings.en'
import { strings as inbox } from '@/features/inbox/strings.en'
import { strings as session } from '@/features/session/strings.en'
import { strings as tickets } from '@/features/tickets/strings.en'

/** The English words of the first load: frame, inbox, ticket. Other screens are in en-screens.ts. */
export const messages = { ...app, ...inbox, ...session, ...tickets }
