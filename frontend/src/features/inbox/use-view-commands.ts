import { useNavigate } from 'react-router'
import type { Command } from '@/commands/command'
import { useCommands } from '@/commands/use-commands'
import { VIEW_ICONS } from './InboxViews'
import { type View, VIEWS } from './inbox-query'

const KEYS: Record<View, string> = { mine: 'g m', teams: 'g t', unassigned: 'g u', late: 'g l', closed: 'g d', all: 'g a' }

export function useViewCommands(): void {
  const navigate = useNavigate()
  useCommands(
    VIEWS.map(
      (view): Command => ({
        id: `inbox.view.${view}`,
        label: `inbox.view.${view}`,
        group: 'app.group.go',
        icon: VIEW_ICONS[view],
        keys: [KEYS[view]],
        run: () => void navigate(`/inbox?view=${view}`),
      }),
    ),
  )
}
