import type { MessageKey } from '@/app/i18n/i18n'
import type { StatusCategory } from '@/graphql/generated/schema'

interface StatusPoint {
  key: string
  category: StatusCategory
}

export function isFinished({ category }: { category: StatusCategory }): boolean {
  return category === 'RESOLVED' || category === 'CLOSED'
}

/** Whether a ticket that went from one status to the other may go straight back. */
export function canReturn(before: StatusPoint, after: StatusPoint): boolean {
  if (before.category !== 'OPEN' && before.category !== 'PENDING') return false
  return after.category !== 'CLOSED' || before.key === 'open'
}

/** Why the server does not let a ticket go from one status to the other. The rules are the server's; the words are ours. */
export function statusRefusal(before: StatusPoint, after: StatusPoint): MessageKey {
  if (after.category === 'NEW') return 'tickets.refused.newOnce'
  if (after.category === 'ESCALATED') return isFinished(before) ? 'tickets.refused.finished' : 'tickets.refused.escalated'
  if (before.category === 'CLOSED') return 'tickets.refused.closed'
  return 'tickets.refused.resolveFirst'
}
