import { Compass } from 'lucide-react'
import { Navigate, Route, Routes } from 'react-router'
import InboxPage from '@/features/inbox/InboxPage'
import { lazyPart } from '@/lib/lazy-part'
import { useCan } from '@/features/session/viewer'
import { ButtonLink } from '@/ui/ButtonLink'
import { EmptyState, ScreenState } from '@/ui/States'
import { useStrings } from './i18n/use-strings'
import { lazyScreen } from './lazy-screen'
import { Shell } from './Shell'

// The inbox is the first screen and loads with the app; every other screen is lazy and brings its own sub-routes.
const TicketPage = lazyPart(() => import('@/features/tickets/TicketPage'))
const ContactsRoutes = lazyScreen(() => import('@/features/contacts/ContactsRoutes'))
const SettingsRoutes = lazyScreen(() => import('@/features/settings/SettingsRoutes'))

export function AppRoutes() {
  return (
    <Routes>
      <Route element={<Shell />}>
        <Route index element={<Home />} />
        <Route path="inbox/:key?" element={<InboxPage />} />
        <Route path="tickets/:key" element={<TicketPage />} />
        <Route path="contacts/*" element={<ContactsRoutes />} />
        <Route path="settings/*" element={<SettingsRoutes />} />
        <Route path="*" element={<NotFound />} />
      </Route>
    </Routes>
  )
}

/** Where a person begins: the first screen that they have a right to. */
function Home() {
  const canReadTickets = useCan('TICKETS_READ')
  const canReadContacts = useCan('CONTACTS_READ')
  return <Navigate to={canReadTickets ? '/inbox' : canReadContacts ? '/contacts' : '/settings'} replace />
}

function NotFound() {
  const t = useStrings()
  return (
    <ScreenState>
      <EmptyState
        icon={Compass}
        title={t('app.notFound')}
        text={t('app.notFound.text')}
        action={<ButtonLink to="/">{t('app.home')}</ButtonLink>}
      />
    </ScreenState>
  )
}
