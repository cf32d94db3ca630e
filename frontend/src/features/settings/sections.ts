import { Building2, CalendarOff, ClipboardList, type LucideIcon, ShieldCheck, Timer, UserRound, Users, UsersRound } from 'lucide-react'
import type { MessageKey } from '@/app/i18n/i18n'
import type { Permission } from '@/graphql/generated/schema'

export interface SettingsSection {
  path: string
  text: MessageKey
  icon: LucideIcon
  group: MessageKey
  /** Whoever has none of these does not see it. Left out: for everybody. */
  needs?: Permission[]
}

/** The pages of the settings, in the order of their list. */
export const SECTIONS: SettingsSection[] = [
  { path: 'profile', text: 'settings.profile', icon: UserRound, group: 'settings.group.me' },
  { path: 'absence', text: 'settings.absence', icon: CalendarOff, group: 'settings.group.me' },
  { path: 'surveys', text: 'surveys.title', icon: ClipboardList, group: 'settings.group.work', needs: ['SURVEYS_READ', 'SURVEYS_MANAGE'] },
  { path: 'escalation', text: 'escalation.title', icon: Timer, group: 'settings.group.work', needs: ['TICKETS_MANAGE'] },
  { path: 'users', text: 'people.users', icon: Users, group: 'settings.group.organisation', needs: ['USERS_MANAGE'] },
  { path: 'types', text: 'people.types', icon: ShieldCheck, group: 'settings.group.organisation', needs: ['USERS_MANAGE'] },
  { path: 'teams', text: 'people.teams', icon: UsersRound, group: 'settings.group.organisation', needs: ['TEAMS_MANAGE'] },
  { path: 'organisation', text: 'settings.organisation', icon: Building2, group: 'settings.group.organisation', needs: ['ORGANISATION_MANAGE'] },
]

export function visibleSections(permissions: readonly Permission[]): SettingsSection[] {
  return SECTIONS.filter(({ needs }) => !needs || needs.some((permission) => permissions.includes(permission)))
}
