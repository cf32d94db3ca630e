import { lazy } from 'react'
import { Navigate, Route, Routes } from 'react-router'
import { SettingsLayout } from './SettingsLayout'

const ProfilePage = lazy(() => import('./ProfilePage'))
const AbsencePage = lazy(() => import('./AbsencePage'))
const OrganisationPage = lazy(() => import('./OrganisationPage'))
const UsersPage = lazy(() => import('@/features/people/UsersPage'))
const UserPage = lazy(() => import('@/features/people/UserPage'))
const UserTypesPage = lazy(() => import('@/features/people/UserTypesPage'))
const TeamsPage = lazy(() => import('@/features/people/TeamsPage'))
const EscalationPage = lazy(() => import('@/features/escalation/EscalationPage'))
const SurveysPage = lazy(() => import('@/features/surveys/SurveysPage'))
const SurveyPage = lazy(() => import('@/features/surveys/SurveyPage'))

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
