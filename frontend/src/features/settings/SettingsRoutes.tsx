import { Navigate, Route, Routes } from 'react-router'
import { lazyPart } from '@/lib/lazy-part'
import { SettingsLayout } from './SettingsLayout'

const ProfilePage = lazyPart(() => import('./ProfilePage'))
const AbsencePage = lazyPart(() => import('./AbsencePage'))
const OrganisationPage = lazyPart(() => import('./OrganisationPage'))
const UsersPage = lazyPart(() => import('@/features/people/UsersPage'))
const UserPage = lazyPart(() => import('@/features/people/UserPage'))
const UserTypesPage = lazyPart(() => import('@/features/people/UserTypesPage'))
const TeamsPage = lazyPart(() => import('@/features/people/TeamsPage'))
const EscalationPage = lazyPart(() => import('@/features/escalation/EscalationPage'))
const SurveysPage = lazyPart(() => import('@/features/surveys/SurveysPage'))
const SurveyPage = lazyPart(() => import('@/features/surveys/SurveyPage'))

export default function SettingsRoutes() {
  return (
    <Routes>
      <Route element={<SettingsLayout />}>
        <Route index element={<ProfilePage />} />
        <Route path="profile" element={<ProfilePage />} />
        <Route path="absence" element={<AbsencePage />} />
        <Route path="organisation" element={<OrganisationPage />} />
        <Route path="users" element={<UsersPage />} />
        <Route path="users/:id" element={<UserPage />} />
        <Route path="types" element={<UserTypesPage />} />
        <Route path="teams" element={<TeamsPage />} />
        <Route path="escalation" element={<EscalationPage />} />
        <Route path="surveys" element={<SurveysPage />} />
      </Route>
      {/* The editor needs the room of the side bar. */}
      <Route path="surveys/:key/:tab?" element={<SurveyPage />} />
      <Route path="*" element={<Navigate to="/settings" replace />} />
    </Routes>
  )
}
