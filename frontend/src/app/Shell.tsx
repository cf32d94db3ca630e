import { Inbox, Keyboard, LogOut, Plus, Search, Settings, Users } from 'lucide-react'
import { Suspense, useMemo, useState } from 'react'
import { Outlet, useLocation, useNavigate } from 'react-router'
import { useQuery } from 'urql'
import { useCommands } from '@/commands/use-commands'
import { TicketFeedProvider } from '@/features/tickets/TicketFeedProvider'
import { useCan } from '@/features/session/viewer'
import { useSignOut } from '@/features/session/use-sign-out'
import { lazyPart, partsOutOfReach } from '@/lib/lazy-part'
import { readStored, writeStored } from '@/lib/storage'
import { useStore } from '@/lib/store'
import { OverlayLoading, ScreenLoading } from '@/ui/Loading'
import { ErrorScreen } from '@/ui/States'
import { Splash } from '@/ui/Splash'
import { ErrorBoundary } from './ErrorBoundary'
import { useStrings } from './i18n/use-strings'
import { lazyScreen } from './lazy-screen'
import { PhoneBar } from './PhoneBar'
import { Rail } from './Rail'
import styles from './Shell.module.css'
import { useDisplayCommands } from './use-display-commands'
import { useUpdates } from './use-updates'
import { WorkspaceContext } from './workspace'
import { WorkspaceDocument } from './workspace.generated'

const Palette = lazyPart(() => import('@/commands/Palette'))
const KeyList = lazyPart(() => import('@/commands/KeyList'))
const NewTicketDialog = lazyScreen(() => import('@/features/new-ticket/NewTicketDialog'))

export type Overlay = 'palette' | 'keys' | 'new-ticket' | null

/** The frame of every screen: rail, content, palette. Also where the live connection begins. */
export function Shell() {
  const t = useStrings()
  const withTickets = useCan('TICKETS_READ')
  const { pathname } = useLocation()
  const [{ data, error }, refresh] = useQuery({ query: WorkspaceDocument, variables: { withTickets } })
  // The first cursor only: later ones are kept by the connection.
  const [cursor, setCursor] = useState<string>()
  if (data && !cursor) setCursor(data.liveCursor)
  useUpdates(cursor, refresh)
  const workspace = useMemo(
    () => data && { organisation: data.organisation, statuses: (data.ticketStatuses ?? []).toSorted((a, b) => a.position - b.position) },
    [data],
  )
  const [overlay, setOverlay] = useState<Overlay>(null)
  const fold = useFold()
  const newTicket = useNewTicketOverlay(overlay, () => setOverlay(null))
  useShellCommands(setOverlay, fold.toggle)

  if (error && !data) return <ErrorScreen error={error} onRetry={() => refresh({ requestPolicy: 'network-only' })} />
  if (!workspace) return <Splash />
  return (
    <WorkspaceContext value={workspace}>
      <TicketFeedProvider cursor={withTickets ? cursor : undefined}>
        <a href="#main" className={styles.skip}>
          {t('app.skipToContent')}
        </a>
        <div className={styles.shell} data-folded={fold.isFolded || undefined}>
          <Rail onOpen={setOverlay} isFolded={fold.isFolded} />
          <div className={styles.content}>
            <ErrorBoundary resetOn={pathname}>
              <Suspense fallback={<ScreenLoading />}>
                <NextScreen />
              </Suspense>
            </ErrorBoundary>
          </div>
          <PhoneBar onOpen={setOverlay} />
        </div>
        <Suspense fallback={<OverlayLoading />}>
          {overlay === 'palette' && <Palette onClose={() => setOverlay(null)} />}
          {overlay === 'keys' && <KeyList onClose={() => setOverlay(null)} />}
          {newTicket.isOpen && <NewTicketDialog contactId={newTicket.contactId} onClose={newTicket.close} onCreated={newTicket.open} />}
        </Suspense>
      </TicketFeedProvider>
    </WorkspaceContext>
  )
}

/** The router keeps the old screen until the next one is fetched; one that is out of reach says so at once. */
function NextScreen() {
  const { pathname } = useLocation()
  const isOutOfReach = useStore(partsOutOfReach) > 0
  return isOutOfReach && window.location.pathname !== pathname ? <ScreenLoading /> : <Outlet />
}

/** Open by command, or by an address with `?new=con_…`, which begins with that contact. Afterwards the new ticket stands where tickets stand. */
function useNewTicketOverlay(overlay: Overlay, closeOverlay: () => void) {
  const canWork = useCan('TICKETS_WORK')
  const navigate = useNavigate()
  const { pathname, search } = useLocation()
  const params = new URLSearchParams(search)
  const contactId = params.get('new')
  params.delete('new')
  function close() {
    closeOverlay()
    if (contactId !== null) void navigate({ pathname, search: params.toString() }, { replace: true })
  }
  function open(key: string) {
    closeOverlay()
    void navigate(pathname.startsWith('/inbox') ? { pathname: `/inbox/${key}`, search: params.toString() } : `/tickets/${key}`)
  }
  return { isOpen: canWork && (overlay === 'new-ticket' || contactId !== null), contactId: contactId || null, close, open }
}

function useFold() {
  const [isFolded, setFolded] = useState(() => readStored('rail') === 'folded')
  function toggle() {
    writeStored('rail', isFolded ? null : 'folded')
    setFolded(!isFolded)
  }
  return { isFolded, toggle }
}

function useShellCommands(open: (overlay: Overlay) => void, toggleRail: () => void) {
  const navigate = useNavigate()
  const signOut = useSignOut()
  const canWork = useCan('TICKETS_WORK')
  const canReadTickets = useCan('TICKETS_READ')
  const canReadContacts = useCan('CONTACTS_READ')
  useDisplayCommands(toggleRail)
  useCommands([
    { id: 'ticket.new', label: 'tickets.new', group: 'tickets.group', keys: ['n'], icon: Plus, isTypedInto: true, isEnabled: canWork, run: () => open('new-ticket') },
    { id: 'go.inbox', label: 'app.go.inbox', group: 'app.group.go', keys: ['g i'], icon: Inbox, isEnabled: canReadTickets, run: () => void navigate('/inbox') },
    { id: 'go.contacts', label: 'app.go.contacts', group: 'app.group.go', keys: ['g c'], icon: Users, isEnabled: canReadContacts, run: () => void navigate('/contacts') },
    { id: 'go.settings', label: 'app.go.settings', group: 'app.group.go', keys: ['g s'], icon: Settings, run: () => void navigate('/settings') },
    { id: 'palette', label: 'app.palette.open', group: 'app.group.general', keys: ['mod+k'], icon: Search, isQuiet: true, isTypedInto: true, run: () => open('palette') },
    { id: 'keys', label: 'app.keys.open', group: 'app.group.general', keys: ['?'], icon: Keyboard, run: () => open('keys') },
    { id: 'sign-out', label: 'session.signOut', group: 'app.group.general', icon: LogOut, run: signOut },
  ])
}
