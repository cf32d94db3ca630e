import type { StatusFragment } from '@/app/workspace.generated'
import type { TicketFilter } from '@/graphql/generated/schema'

export interface KanbanColumnPlan {
  status: StatusFragment
  /** False where the filter leaves nothing: the column is only a place to drop on. */
  isShown: boolean
}

export function columnsOf(statuses: readonly StatusFragment[], filter: TicketFilter): KanbanColumnPlan[] {
  return statuses.map((status) => ({
    status,
    isShown: (!filter.categories || filter.categories.includes(status.category)) && (!filter.statusIds || filter.statusIds.includes(status.id)),
  }))
}

/** The board's filter, for one column. */
export function columnFilter(filter: TicketFilter, status: StatusFragment): TicketFilter {
  return { ...filter, statusIds: [status.id] }
}
