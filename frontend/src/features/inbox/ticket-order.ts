import type { TicketOrder, TicketPriority } from '@/graphql/generated/schema'
import type { FeedTicketFragment } from '@/features/tickets/ticket.generated'

type Sortable = Pick<FeedTicketFragment, 'id' | 'createdAt' | 'lastActivityAt' | 'nextDueAt' | 'priority' | 'score'>

const PRIORITY_RANK: Record<TicketPriority, number> = { LOW: 0, MEDIUM: 1, HIGH: 2 }

function sortValue(ticket: Sortable, field: TicketOrder['field']): number | string | null {
  switch (field) {
    case 'CREATED_AT':
      return ticket.createdAt
    case 'LAST_ACTIVITY_AT':
      return ticket.lastActivityAt
    case 'DUE_AT':
      return ticket.nextDueAt ?? null
    case 'PRIORITY':
      return PRIORITY_RANK[ticket.priority]
    case 'SCORE':
      return ticket.score ?? null
  }
}

const idNumber = ({ id }: Sortable) => Number(id.slice(id.indexOf('_') + 1))

/** The server's order, so that a live row finds its place without asking; tickets without a value come last. */
export function ticketComparator({ field, direction }: TicketOrder): (a: Sortable, b: Sortable) => number {
  const sign = direction === 'ASC' ? 1 : -1
  return (a, b) => {
    const left = sortValue(a, field)
    const right = sortValue(b, field)
    if (left === right) return sign * (idNumber(a) - idNumber(b))
    if (left === null) return 1
    if (right === null) return -1
    return left < right ? -sign : sign
  }
}
