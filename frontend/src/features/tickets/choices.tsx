import { useStrings } from '@/app/i18n/use-strings'
import type { StatusFragment } from '@/app/workspace.generated'
import type { TicketPriority } from '@/graphql/generated/schema'
import type { Option } from '@/ui/Select'
import { PRIORITIES } from './priorities'
import { PriorityMark } from './PriorityMark'
import { StatusMark } from './StatusMark'
import { statusLabel } from './status-label'

/** Priorities to choose from, each with its sign. */
export function usePriorityOptions(): Option<TicketPriority>[] {
  const t = useStrings()
  return PRIORITIES.map((priority) => ({ id: priority, text: t(`tickets.priority.${priority}`), mark: <PriorityMark priority={priority} /> }))
}

/** Statuses to choose from, each with its sign. */
export function useStatusOptions(statuses: readonly Pick<StatusFragment, 'id' | 'key' | 'name' | 'category'>[]): Option[] {
  const t = useStrings()
  return statuses.map((status) => ({ id: status.id, text: statusLabel(status, t), mark: <StatusMark category={status.category} statusKey={status.key} /> }))
}
