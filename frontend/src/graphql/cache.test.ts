import type { Cache } from '@urql/exchange-graphcache'
import { expect, test } from 'vitest'
import { cacheOptions, invalidateLists, typeOfId } from './cache'

/** A cache that remembers what it was told to forget. */
function recordingCache() {
  const forgotten: unknown[] = []
  const lists = ['users', 'teams', 'viewer', 'escalationRules'].map((fieldName) => ({ fieldName, fieldKey: `${fieldName}({"first":50})`, arguments: null }))
  const ofUser = ['id', 'name', 'timeZone'].map((fieldName) => ({ fieldName, fieldKey: fieldName, arguments: null }))
  const cache = { inspectFields: (entity: unknown) => (entity === 'Query' ? lists : ofUser), invalidate: (...what: unknown[]) => forgotten.push(what.length === 1 ? what[0] : what.slice(1).join()) }
  return { cache: cache as unknown as Cache, forgotten }
}

const applyUpdate = cacheOptions.updates?.Subscription?.updates as (result: object, args: object, cache: Cache) => void

test('every id tells its type', () => {
  expect(typeOfId('tkt_42')).toBe('Ticket')
  expect(typeOfId('esc_1')).toBe('EscalationRule')
  expect(typeOfId('nonsense')).toBeUndefined()
})

test('only the named lists are read again', () => {
  const { cache, forgotten } = recordingCache()
  invalidateLists(cache, ['teams'])
  expect(forgotten).toEqual(['teams({"first":50})'])
})

test('a changed user refreshes the lists that users stand in, and what the message did not tell of them', () => {
  const { cache, forgotten } = recordingCache()
  applyUpdate({ updates: { __typename: 'NodeChanged', cursor: '1', node: { __typename: 'User', id: 'usr_1', name: 'Léa' } } }, {}, cache)
  expect(forgotten).toEqual(['timeZone', 'users({"first":50})'])
})

test('something gone is forgotten together with its lists', () => {
  const { cache, forgotten } = recordingCache()
  applyUpdate({ updates: { __typename: 'NodeGone', cursor: '2', id: 'esc_7' } }, {}, cache)
  expect(forgotten).toEqual([{ __typename: 'EscalationRule', id: 'esc_7' }, 'escalationRules({"first":50})'])
})

test('a resync reads every list again', () => {
  const { cache, forgotten } = recordingCache()
  applyUpdate({ updates: { __typename: 'ResyncRequired', cursor: '9' } }, {}, cache)
  expect(forgotten).toEqual(['users({"first":50})', 'teams({"first":50})', 'escalationRules({"first":50})'])
})

test('a message of another kind changes nothing', () => {
  const { cache, forgotten } = recordingCache()
  applyUpdate({ updates: { __typename: 'CaughtUp', cursor: '3', replayed: 0 } }, {}, cache)
  expect(forgotten).toEqual([])
})

test('the schema has no object without an id that the cache would not know', async () => {
  const { readFileSync } = await import('node:fs')
  const { buildSchema, isObjectType } = await import('graphql')
  const schema = buildSchema(readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'))
  const roots = new Set(['Query', 'Mutation', 'Subscription'])
  const unknown = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !type.name.startsWith('__') && !roots.has(type.name) && !type.getFields().id)
    .map(({ name }) => name)
    .filter((name) => !name.endsWith('Payload') && !cacheOptions.keys?.[name])
  expect(unknown).toEqual([])
})
