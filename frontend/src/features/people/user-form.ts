import type { Language, Permission } from '@/graphql/generated/schema'
import type { OwnPermissions } from './permission-matrix'
import type { UserDetailFragment } from './people.generated'

export interface UserValues extends OwnPermissions {
  name: string
  email: string
  userTypeId: string | null
  teamIds: string[]
  language: Language
  timeZone: string
}

export function userValues(user: UserDetailFragment): UserValues {
  return {
    name: user.name,
    email: user.email,
    userTypeId: user.userType.id,
    teamIds: user.teams.map(({ id }) => id).toSorted(),
    language: user.language,
    timeZone: user.timeZone,
    grantedPermissions: user.grantedPermissions,
    revokedPermissions: user.revokedPermissions,
  }
}

export const newUserValues = (language: Language, timeZone: string): UserValues => ({
  name: '',
  email: '',
  userTypeId: null,
  teamIds: [],
  language,
  timeZone,
  grantedPermissions: [] as Permission[],
  revokedPermissions: [] as Permission[],
})
