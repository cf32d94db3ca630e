import { useLocation } from 'react-router'
import { RailLink } from '@/app/RailLink'
import { useStrings } from '@/app/i18n/use-strings'
import { useCan } from '@/features/session/viewer'
import { useUndoCommand } from '@/features/tickets/undo'
import { isEverywhere, VIEWS } from './inbox-query'
import { useInboxQuery } from './use-inbox-query'
import { useViewCommands } from './use-view-commands'
import { useViewCounts } from './use-view-counts'
import { VIEW_ICONS } from './view-icons'

/** The saved views with their live counts. */
export function InboxViews() {
  const t = useStrings()
  const canRead = useCan('TICKETS_READ')
  const { pathname } = useLocation()
  const { query } = useInboxQuery()
  const counts = useViewCounts()
  useViewCommands()
  useUndoCommand()
  const isInbox = pathname.startsWith('/inbox')
  if (!canRead) return null
  return (
    <ul>
      {VIEWS.map((view) => (
        <RailLink
          key={view}
          to={`/inbox?view=${view}`}
          icon={VIEW_ICONS[view]}
          text={t(`inbox.view.${view}`)}
          count={counts?.[view]}
          isCurrent={isInbox && query.view === view && !isEverywhere(query)}
          isUrgent={view === 'late'}
        />
      ))}
    </ul>
  )
}
