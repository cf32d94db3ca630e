import { PRIORITIES } from '@/features/tickets/priorities'
import type { ScoreClass, StatusCategory, TicketFilter, TicketOrder, TicketOrderField, TicketPriority } from '@/graphql/generated/schema'
import { type Clock, duePeriod, isDue, isReceived, receivedPeriod } from './periods'

export const VIEWS = ['mine', 'teams', 'unassigned', 'late', 'escalated', 'closed', 'all'] as const
export type View = (typeof VIEWS)[number]

export const LAYOUTS = ['list', 'feed', 'kanban'] as const
export type Layout = (typeof LAYOUTS)[number]

export const SCORE_CLASSES: readonly ScoreClass[] = ['DETRACTOR', 'PASSIVE', 'PROMOTER']

/** What the filter bar narrows a view by. Empty lists and empty texts narrow nothing. */
export interface Narrowing {
  text: string
  statuses: string[]
  priorities: TicketPriority[]
  scores: ScoreClass[]
  teams: string[]
  assignees: string[]
  surveys: string[]
  segments: string[]
  /** A choice of `periods.ts`, or days: "2026-11-01..2026-11-20". */
  received: string
  due: string
}

/** Everything the inbox shows is decided by this, and this is what stands in its address. */
export interface InboxQuery extends Narrowing {
  view: View
  /** Whether words are looked for in the view alone; otherwise everywhere. */
  isWithinView: boolean
  order: TicketOrder
}

const UNSOLVED: StatusCategory[] = ['NEW', 'OPEN', 'PENDING', 'ESCALATED']

export const VIEW_FILTERS: Record<View, TicketFilter> = {
  mine: { mine: true, categories: UNSOLVED },
  teams: { myTeams: true, categories: UNSOLVED },
  unassigned: { unassigned: true, categories: UNSOLVED },
  late: { late: true },
  escalated: { categories: ['ESCALATED'] },
  closed: { categories: ['RESOLVED', 'CLOSED'] },
  all: {},
}

export const DEFAULT_ORDER: TicketOrder = { field: 'LAST_ACTIVITY_AT', direction: 'DESC' }
const MOST_LATE_FIRST: TicketOrder = { field: 'DUE_AT', direction: 'ASC' }

/** How a view is sorted until somebody sorts it otherwise. */
export function defaultOrder(view: View): TicketOrder {
  return view === 'late' ? MOST_LATE_FIRST : DEFAULT_ORDER
}

const ORDER_FIELDS: Record<string, TicketOrderField> = {
  activity: 'LAST_ACTIVITY_AT',
  created: 'CREATED_AT',
  priority: 'PRIORITY',
  due: 'DUE_AT',
  score: 'SCORE',
}
const ORDER_NAMES = Object.fromEntries(Object.entries(ORDER_FIELDS).map(([name, field]) => [field, name]))
const LISTS = { statuses: 'status', teams: 'team', assignees: 'assignee', surveys: 'survey', segments: 'segment' } as const
const ENUMS = { priorities: 'priority', scores: 'score' } as const

export function readInboxQuery(params: URLSearchParams): InboxQuery {
  const named = params.get('view') as View
  const view = VIEWS.includes(named) ? named : 'mine'
  const oneOf = <T extends string>(name: string, known: readonly T[]) => params.getAll(name).map((value) => value.toUpperCase() as T).filter((value) => known.includes(value))
  const known = (name: string, isKnown: (text: string) => boolean) => [params.get(name) ?? ''].find(isKnown) ?? ''
  return {
    view,
    text: params.get('q') ?? '',
    isWithinView: params.get('in') === 'view',
    priorities: oneOf(ENUMS.priorities, PRIORITIES),
    scores: oneOf(ENUMS.scores, SCORE_CLASSES),
    statuses: params.getAll(LISTS.statuses),
    teams: params.getAll(LISTS.teams),
    assignees: params.getAll(LISTS.assignees),
    surveys: params.getAll(LISTS.surveys),
    segments: params.getAll(LISTS.segments),
    received: known('received', isReceived),
    due: known('due', isDue),
    order: readOrder(params.get('sort')) ?? defaultOrder(view),
  }
}

export function writeInboxQuery(query: InboxQuery): URLSearchParams {
  const params = new URLSearchParams({ view: query.view })
  if (query.text) params.set('q', query.text)
  if (query.text && query.isWithinView) params.set('in', 'view')
  for (const [field, name] of Object.entries(ENUMS) as [keyof typeof ENUMS, string][])
    for (const value of query[field]) params.append(name, value.toLowerCase())
  for (const [field, name] of Object.entries(LISTS) as [keyof typeof LISTS, string][])
    for (const value of query[field]) params.append(name, value)
  for (const field of ['received', 'due'] as const) if (query[field]) params.set(field, query[field])
  const sort = writeOrder(query.order)
  if (sort !== writeOrder(defaultOrder(query.view))) params.set('sort', sort)
  return params
}

/** "-activity" is the newest activity first. */
function readOrder(sort: string | null): TicketOrder | null {
  const field = ORDER_FIELDS[(sort ?? '').replace(/^-/, '')]
  return field ? { field, direction: sort?.startsWith('-') ? 'DESC' : 'ASC' } : null
}

function writeOrder({ field, direction }: TicketOrder): string {
  return `${direction === 'DESC' ? '-' : ''}${ORDER_NAMES[field]}`
}

/** Whether words are looked for among all tickets, whatever view they were typed in. */
export function isEverywhere({ text, view, isWithinView }: InboxQuery): boolean {
  return text.trim() !== '' && (view === 'all' || !isWithinView)
}

/** The one filter of list, feed and kanban. */
export function ticketFilter(query: InboxQuery, clock: Clock = { now: Date.now() }): TicketFilter {
  const given = <T>(values: T[]) => (values.length > 0 ? values : undefined)
  const received = receivedPeriod(query.received, clock)
  const due = duePeriod(query.due, clock)
  const narrowing: TicketFilter = {
    text: query.text.trim() || undefined,
    statusIds: given(query.statuses),
    priorities: given(query.priorities),
    scoreClasses: given(query.scores),
    teamIds: given(query.teams),
    assigneeIds: given(query.assignees),
    surveyIds: given(query.surveys),
    segments: given(query.segments),
    createdAfter: received.from,
    createdBefore: received.before,
    late: query.due === 'late' || undefined,
    withoutDueTime: query.due === 'none' || undefined,
    dueAfter: due.from,
    dueBefore: due.before,
  }
  return { ...(isEverywhere(query) ? {} : VIEW_FILTERS[query.view]), ...withoutUndefined(narrowing) }
}

function withoutUndefined(filter: TicketFilter): TicketFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
}

export const NOTHING_NARROWED: Narrowing = {
  text: '',
  statuses: [],
  priorities: [],
  scores: [],
  teams: [],
  assignees: [],
  surveys: [],
  segments: [],
  received: '',
  due: '',
}

export function isNarrowed(query: InboxQuery): boolean {
  return (Object.keys(NOTHING_NARROWED) as (keyof Narrowing)[]).some((key) => query[key].length > 0)
}
