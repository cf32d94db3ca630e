import { AlarmClock, CircleCheckBig, Inbox, type LucideIcon, TriangleAlert, UserRound, UserRoundX, UsersRound } from 'lucide-react'
import type { View } from './inbox-query'

export const VIEW_ICONS: Record<View, LucideIcon> = {
  mine: UserRound,
  teams: UsersRound,
  unassigned: UserRoundX,
  late: AlarmClock,
  escalated: TriangleAlert,
  closed: CircleCheckBig,
  all: Inbox,
}
