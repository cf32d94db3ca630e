import { useNavigate } from 'react-router'
import type { Command } from '@/commands/command'
import { useCommands } from '@/commands/use-commands'
import { useCan } from '@/features/session/viewer'
import { type View, VIEWS } from './inbox-query'
import { VIEW_ICONS } from './view-icons'

const KEYS: Record<View, string> = { mine: 'g m', teams: 'g t', unassigned: 'g u', late: 'g l', escalated: 'g e', closed: 'g d', all: 'g a' }

/** The saved views, reached by key from every screen. */
export function useViewCommands(): void {
  const canRead = useCan('TICKETS_READ')
  const navigate = useNavigate()
  useCommands(
    VIEWS.map(
      (view): Command => ({
        id: `inbox.view.${view}`,
        label: `inbox.view.${view}`,
        group: 'app.group.go',
        icon: VIEW_ICONS[view],
        keys: [KEYS[view]],
        isEnabled: canRead,
        run: () => void navigate(`/inbox?view=${view}`),
      }),
    ),
  )
}
