import { AlarmClock, CircleCheckBig, Inbox, type LucideIcon, UserRound, UserRoundX, UsersRound } from 'lucide-react'
import { useLocation } from 'react-router'
import { RailLink } from '@/app/RailLink'
import { useStrings } from '@/app/i18n/use-strings'
import { useViewer } from '@/features/session/viewer'
import { type View, VIEWS } from './inbox-query'
import { useInboxQuery } from './use-inbox-query'
import { useViewCounts } from './use-view-counts'

export const VIEW_ICONS: Record<View, LucideIcon> = {
  mine: UserRound,
  teams: UsersRound,
  unassigned: UserRoundX,
  late: AlarmClock,
  closed: CircleCheckBig,
  all: Inbox,
}

/** The saved views with their live counts. */
export function InboxViews() {
  const t = useStrings()
  const viewer = useViewer()
  const { pathname } = useLocation()
  const { query } = useInboxQuery()
  const counts = useViewCounts()
  const isInbox = pathname.startsWith('/inbox')
  const views = viewer.permissions.includes('TICKETS_READ') ? VIEWS : []
  return (
    <ul>
      {views.map((view) => (
        <RailLink
          key={view}
          to={`/inbox?view=${view}`}
          icon={VIEW_ICONS[view]}
          text={t(`inbox.view.${view}`)}
          count={counts?.[view]}
          isCurrent={isInbox && query.view === view}
          isUrgent={view === 'late'}
        />
      ))}
    </ul>
  )
}
