import { describe, expect, test } from 'vitest'
import type { Permission } from '@/graphql/generated/schema'
import { differencesUnder, isAllowed, type OwnPermissions, PERMISSION_GROUPS, sourceOf, turn } from './permission-matrix'

const STANDARD: Permission[] = ['TICKETS_READ', 'TICKETS_WORK', 'CONTACTS_READ']
const NOTHING: OwnPermissions = { grantedPermissions: [], revokedPermissions: [] }

describe('where a right comes from', () => {
  const own: OwnPermissions = { grantedPermissions: ['TEAMS_MANAGE'], revokedPermissions: ['CONTACTS_READ'] }
  test.each([
    ['TICKETS_READ', 'type', true],
    ['TEAMS_MANAGE', 'granted', true],
    ['CONTACTS_READ', 'revoked', false],
    ['USERS_MANAGE', 'none', false],
  ] as const)('%s is %s', (permission, source, allowed) => {
    expect(sourceOf(permission, STANDARD, own)).toBe(source)
    expect(isAllowed(source)).toBe(allowed)
  })
})

test('taking a right of the type away and giving it back leaves no difference', () => {
  const taken = turn('TICKETS_WORK', false, STANDARD, NOTHING)
  expect(taken).toEqual({ grantedPermissions: [], revokedPermissions: ['TICKETS_WORK'] })
  expect(turn('TICKETS_WORK', true, STANDARD, taken)).toEqual(NOTHING)
})

test('giving a right that the type has not and taking it back leaves no difference', () => {
  const given = turn('USERS_MANAGE', true, STANDARD, NOTHING)
  expect(given).toEqual({ grantedPermissions: ['USERS_MANAGE'], revokedPermissions: [] })
  expect(turn('USERS_MANAGE', false, STANDARD, given)).toEqual(NOTHING)
})

test('another type swallows the differences that it makes itself', () => {
  const own: OwnPermissions = { grantedPermissions: ['USERS_MANAGE', 'TEAMS_MANAGE'], revokedPermissions: ['CONTACTS_READ', 'TICKETS_WORK'] }
  expect(differencesUnder(['USERS_MANAGE', 'CONTACTS_READ'], own)).toEqual({ grantedPermissions: ['TEAMS_MANAGE'], revokedPermissions: ['CONTACTS_READ'] })
})

test('every right stands in exactly one group', () => {
  const listed = PERMISSION_GROUPS.flatMap(({ permissions }) => permissions as readonly Permission[])
  expect(new Set(listed).size).toBe(listed.length)
  expect(listed).toHaveLength(12)
})
