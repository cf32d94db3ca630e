import { AlarmClock, CircleCheckBig, Inbox, type LucideIcon, UserRound, UserRoundX, UsersRound } from 'lucide-react'
import type { View } from './inbox-query'

export const VIEW_ICONS: Record<View, LucideIcon> = {
  mine: UserRound,
  teams: UsersRound,
  unassigned: UserRoundX,
  late: AlarmClock,
  closed: CircleCheckBig,
  all: Inbox,
}
