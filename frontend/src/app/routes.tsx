import { Compass } from 'lucide-react'
import { lazy } from 'react'
import { Navigate, Route, Routes } from 'react-router'
import InboxPage from '@/features/inbox/InboxPage'
import { ButtonLink } from '@/ui/ButtonLink'
import { EmptyState, ScreenState } from '@/ui/States'
import { useStrings } from './i18n/use-strings'
import { lazyScreen } from './lazy-screen'
import { Shell } from './Shell'

// The inbox is the first screen and loads with the app; every other screen is lazy and brings its own sub-routes.
const TicketPage = lazy(() => import('@/features/tickets/TicketPage'))
const ContactsRoutes = lazyScreen(() => import('@/features/contacts/ContactsRoutes'))
const SettingsRoutes = lazyScreen(() => import('@/features/settings/SettingsRoutes'))

export function AppRoutes() {
  return (
    <Routes>
      <Route element={<Shell />}>
        <Route index element={<Navigate to="/inbox" replace />} />
        <Route path="inbox/:key?" element={<InboxPage />} />
        <Route path="tickets/:key" element={<TicketPage />} />
        <Route path="contacts/*" element={<ContactsRoutes />} />
        <Route path="settings/*" element={<SettingsRoutes />} />
        <Route path="*" element={<NotFound />} />
      </Route>
    </Routes>
  )
}

function NotFound() {
  const t = useStrings()
  return (
    <ScreenState>
      <EmptyState
        icon={Compass}
        title={t('app.notFound')}
        text={t('app.notFound.text')}
        action={<ButtonLink to="/inbox">{t('app.notFound.action')}</ButtonLink>}
      />
    </ScreenState>
  )
}
