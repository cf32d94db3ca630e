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
