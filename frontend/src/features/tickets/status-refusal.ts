import type { MessageKey } from '@/app/i18n/i18n'
import type { StatusCategory } from '@/graphql/generated/schema'

interface StatusPoint {
  category: StatusCategory
}

/** Why the server does not let a ticket go from one status to the other. The rules are the server's; the words are ours. */
export function statusRefusal(before: StatusPoint, after: StatusPoint): MessageKey {
  if (after.category === 'NEW') return 'tickets.refused.newOnce'
  if (after.category === 'ESCALATED') return 'tickets.refused.escalated'
  if (before.category === 'CLOSED') return 'tickets.refused.closed'
  return 'tickets.refused.resolveFirst'
}
