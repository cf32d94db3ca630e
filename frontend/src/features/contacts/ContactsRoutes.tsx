import { Route, Routes } from 'react-router'
import { useCan } from '@/features/session/viewer'
import { lazyPart } from '@/lib/lazy-part'
import { NoRightState } from '@/ui/States'
import { ContactsPage } from './ContactsPage'

const ContactPage = lazyPart(() => import('./ContactPage'))

export default function ContactsRoutes() {
  const canRead = useCan('CONTACTS_READ')
  if (!canRead) return <NoRightState />
  return (
    <Routes>
      <Route index element={<ContactsPage />} />
      <Route path=":id" element={<ContactPage />} />
    </Routes>
  )
}
