import type { Permission } from '@/graphql/generated/schema'

/** The rights by what they are about, in the order people read them. */
export const PERMISSION_GROUPS = [
  { id: 'tickets', permissions: ['TICKETS_READ', 'TICKETS_READ_ALL', 'TICKETS_WORK', 'TICKETS_ASSIGN', 'TICKETS_MANAGE'] },
  { id: 'customers', permissions: ['CONTACTS_READ', 'CONTACTS_EDIT', 'SURVEYS_READ', 'SURVEYS_MANAGE'] },
  { id: 'organisation', permissions: ['TEAMS_MANAGE', 'USERS_MANAGE', 'ORGANISATION_MANAGE'] },
] as const satisfies { id: string; permissions: Permission[] }[]

/** What a person has beside their type. */
export interface OwnPermissions {
  grantedPermissions: Permission[]
  revokedPermissions: Permission[]
}

/** `type`: comes with the user type; `granted`, `revoked`: this person's own difference; `none`: not there at all. */
export type PermissionSource = 'type' | 'granted' | 'revoked' | 'none'

export function sourceOf(permission: Permission, ofType: readonly Permission[], { grantedPermissions, revokedPermissions }: OwnPermissions): PermissionSource {
  if (revokedPermissions.includes(permission) && ofType.includes(permission)) return 'revoked'
  if (ofType.includes(permission)) return 'type'
  return grantedPermissions.includes(permission) ? 'granted' : 'none'
}

export const isAllowed = (source: PermissionSource) => source === 'type' || source === 'granted'

/** Gives or takes one right; what the type does anyway is no difference. */
export function turn(permission: Permission, isOn: boolean, ofType: readonly Permission[], own: OwnPermissions): OwnPermissions {
  const without = (list: Permission[]) => list.filter((each) => each !== permission)
  const isOfType = ofType.includes(permission)
  return {
    grantedPermissions: isOn && !isOfType ? [...without(own.grantedPermissions), permission] : without(own.grantedPermissions),
    revokedPermissions: !isOn && isOfType ? [...without(own.revokedPermissions), permission] : without(own.revokedPermissions),
  }
}

/** The differences that still are some under another type. */
export function differencesUnder(ofType: readonly Permission[], own: OwnPermissions): OwnPermissions {
  return {
    grantedPermissions: own.grantedPermissions.filter((each) => !ofType.includes(each)),
    revokedPermissions: own.revokedPermissions.filter((each) => ofType.includes(each)),
  }
}
