import { type Cache, cacheExchange, type CacheExchangeOpts } from '@urql/exchange-graphcache'

const withoutKey = () => null

/** The root lists that a changed thing may enter, leave or reorder. Tickets keep their own lists fresh. */
const LISTS_OF: Record<string, string[]> = {
  // Who may own tickets decides where absences forward them.
  User: ['users', 'absences'],
  UserType: ['userTypes', 'users', 'absences'],
  Organisation: ['absences'],
  Team: ['teams'],
  Program: ['programs'],
  Survey: ['surveys', 'programs'],
  EscalationRule: ['escalationRules'],
  Absence: ['absences'],
  Contact: ['contacts'],
  Response: ['responses'],
}

const TYPE_OF_PREFIX: Record<string, string> = {
  usr: 'User', utp: 'UserType', tea: 'Team', abs: 'Absence', ses: 'Session', tok: 'ApiToken', org: 'Organisation',
  con: 'Contact', prg: 'Program', srv: 'Survey', svv: 'SurveyVersion', rsp: 'Response', sta: 'TicketStatus',
  tkt: 'Ticket', cmt: 'TicketComment', evt: 'Event', esc: 'EscalationRule',
}

export function typeOfId(id: string): string | undefined {
  return TYPE_OF_PREFIX[id.slice(0, id.indexOf('_'))]
}

/** Makes the next read of these root lists ask the server again; lists on the screen refresh at once. */
export function invalidateLists(cache: Cache, fields: string[]): void {
  for (const { fieldName, fieldKey } of cache.inspectFields('Query')) {
    if (fields.includes(fieldName)) cache.invalidate('Query', fieldKey)
  }
}

interface Entity {
  __typename: string
  id: string
}

interface UpdatesResult {
  updates: { __typename: string; node?: Entity & { survey?: Entity | null; contact?: Entity | null }; id?: string }
}

/** What one more response changes of the survey that was answered and of the contact who did. */
const MOVED_BY_RESPONSE: Record<string, string[]> = {
  Survey: ['responseCount', 'lastResponseAt', 'averageScore'],
  Contact: ['responses', 'timeline', 'responseCount', 'lastScore', 'lastScoreMaximum', 'lastScoreClass'],
}

function invalidateMoved(cache: Cache, { __typename, id }: Entity): void {
  const entity = { __typename, id }
  for (const { fieldName, fieldKey } of cache.inspectFields(entity)) if (MOVED_BY_RESPONSE[__typename]?.includes(fieldName)) cache.invalidate(entity, fieldKey)
}

/**
 * A message carries a few fields; every other one that is kept may have changed too and is read again where it shows.
 * Without this a form would pair an old draft with the new version, and overwrite what it never showed.
 */
function invalidateUntold(cache: Cache, node: Entity): void {
  const entity = { __typename: node.__typename, id: node.id }
  for (const { fieldName, fieldKey } of cache.inspectFields(entity)) if (!(fieldName in node)) cache.invalidate(entity, fieldKey)
}

function applyUpdate({ updates }: UpdatesResult, cache: Cache): void {
  if (updates.__typename === 'ResyncRequired') return invalidateLists(cache, [...new Set(Object.values(LISTS_OF).flat())])
  const typename = updates.node?.__typename ?? (updates.id ? typeOfId(updates.id) : undefined)
  if (!typename) return
  if (updates.__typename === 'NodeGone' && updates.id) cache.invalidate({ __typename: typename, id: updates.id })
  else if (updates.node) {
    invalidateUntold(cache, updates.node)
    const moved = typename === 'Response' ? [updates.node.survey, updates.node.contact] : []
    for (const entity of moved) if (entity) invalidateMoved(cache, entity)
  }
  invalidateLists(cache, LISTS_OF[typename] ?? [])
}

/** A mutation whose result may enter or leave root lists. */
const refreshes =
  (...fields: string[]) =>
  (_result: unknown, _args: unknown, cache: Cache) =>
    invalidateLists(cache, fields)

/** A mutation that ends a session or token: whatever list shows it asks again. */
const ends =
  (__typename: string, field: string) =>
  (_result: unknown, { id }: { id?: unknown }, cache: Cache) => {
    cache.invalidate({ __typename, id: String(id) })
    invalidateLists(cache, [field])
  }

/** A new password ends what the user is signed in with. */
function forgetAccess(_result: unknown, { id }: { id?: unknown }, cache: Cache): void {
  for (const field of ['sessions', 'apiTokens']) cache.invalidate({ __typename: 'User', id: String(id) }, field)
}

const KEYLESS = [
  'PageInfo', 'TeamMember', 'TicketRule', 'SurveyDefinition', 'LocalizedText', 'Question', 'Choice', 'Answer', 'EmbeddedValue',
  'LeftOut',
  'TicketRights', 'Change', 'EscalationPreview', 'UserError', 'TicketChanged', 'TicketLeft', 'TicketAssigned', 'TicketUnassigned',
  'NodeChanged', 'NodeGone', 'CaughtUp', 'ResyncRequired', 'TicketPresence', 'PresentPerson',
  'ImportedResponse',
]
const CONNECTED = ['Ticket', 'Contact', 'Program', 'Survey', 'Response', 'User', 'Team', 'EscalationRule', 'Absence', 'TicketComment', 'Event']

/** What an interface may be. Fragments on anything else match by their own name alone, never by guess. */
const POSSIBLE_TYPES: Record<string, string[]> = {
  FeedMessage: ['TicketChanged', 'TicketLeft', 'CaughtUp', 'ResyncRequired'],
  AssignmentMessage: ['TicketAssigned', 'TicketUnassigned', 'CaughtUp', 'ResyncRequired'],
  UpdateMessage: ['NodeChanged', 'NodeGone', 'CaughtUp', 'ResyncRequired'],
  Node: Object.values(TYPE_OF_PREFIX),
}

export const cacheOptions: CacheExchangeOpts = {
  possibleTypes: POSSIBLE_TYPES,
  logger(severity, message) {
    // A live message has the fields of one branch only; the cache warns of all the others while developing.
    if (severity === 'debug' || (message.startsWith('Invalid undefined') && message.includes('Inline Fragment on'))) return
    console[severity](message)
  },
  keys: Object.fromEntries(
    [...KEYLESS, ...CONNECTED.flatMap((name) => [`${name}Connection`, `${name}Edge`])].map((name) => [name, withoutKey]),
  ),
  resolvers: {
    Query: {
      node: (_parent, { id }) => {
        const __typename = typeOfId(String(id))
        return __typename ? { __typename, id: String(id) } : null
      },
    },
  },
  updates: {
    Mutation: {
      apiTokenCreate: refreshes('apiTokens'),
      apiTokenRevoke: ends('ApiToken', 'apiTokens'),
      sessionRevoke: ends('Session', 'sessions'),
      passwordChange: refreshes('sessions'),
      userCreate: refreshes('users'),
      userSetPassword: forgetAccess,
      userDeactivate: refreshes('users'),
      userReactivate: refreshes('users'),
      teamCreate: refreshes('teams'),
      teamDelete: refreshes('teams'),
      absenceCreate: refreshes('absences', 'users'),
      absenceUpdate: refreshes('absences'),
      absenceEnd: refreshes('absences', 'users'),
      contactCreate: refreshes('contacts'),
      programCreate: refreshes('programs'),
      surveyCreate: refreshes('surveys', 'programs'),
      escalationRuleCreate: refreshes('escalationRules'),
      escalationRuleUpdate: refreshes('escalationRules'),
      escalationRuleDelete: refreshes('escalationRules'),
    },
    Subscription: {
      updates: (result, _args, cache) => applyUpdate(result as unknown as UpdatesResult, cache),
    },
  },
}

export function normalisedCache() {
  return cacheExchange(cacheOptions)
}
