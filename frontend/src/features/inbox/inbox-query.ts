import { PRIORITIES } from '@/features/tickets/priorities'
import type { StatusCategory, TicketFilter, TicketOrder, TicketOrderField, TicketPriority } from '@/graphql/generated/schema'

export const VIEWS = ['mine', 'teams', 'unassigned', 'late', 'closed', 'all'] as const
export type View = (typeof VIEWS)[number]

export const LAYOUTS = ['list', 'feed', 'kanban'] as const
export type Layout = (typeof LAYOUTS)[number]

/** What the filter bar narrows a view by. Empty lists and an empty text narrow nothing. */
export interface Narrowing {
  text: string
  statuses: string[]
  priorities: TicketPriority[]
  teams: string[]
  assignees: string[]
  surveys: string[]
  segments: string[]
}

/** Everything the inbox shows is decided by this, and this is what stands in its address. */
export interface InboxQuery extends Narrowing {
  view: View
  order: TicketOrder
}

const UNSOLVED: StatusCategory[] = ['NEW', 'OPEN', 'PENDING', 'ESCALATED']

export const VIEW_FILTERS: Record<View, TicketFilter> = {
  mine: { mine: true, categories: UNSOLVED },
  teams: { myTeams: true, categories: UNSOLVED },
  unassigned: { unassigned: true, categories: UNSOLVED },
  late: { late: true },
  closed: { categories: ['RESOLVED', 'CLOSED'] },
  all: {},
}

export const DEFAULT_ORDER: TicketOrder = { field: 'LAST_ACTIVITY_AT', direction: 'DESC' }

const ORDER_FIELDS: Record<string, TicketOrderField> = {
  activity: 'LAST_ACTIVITY_AT',
  created: 'CREATED_AT',
  priority: 'PRIORITY',
  due: 'DUE_AT',
  score: 'SCORE',
}
const ORDER_NAMES = Object.fromEntries(Object.entries(ORDER_FIELDS).map(([name, field]) => [field, name]))
const LISTS = { statuses: 'status', teams: 'team', assignees: 'assignee', surveys: 'survey', segments: 'segment' } as const

export function readInboxQuery(params: URLSearchParams): InboxQuery {
  const view = params.get('view') as View
  return {
    view: VIEWS.includes(view) ? view : 'mine',
    text: params.get('q') ?? '',
    priorities: params.getAll('priority').map((value) => value.toUpperCase() as TicketPriority).filter((value) => PRIORITIES.includes(value)),
    statuses: params.getAll(LISTS.statuses),
    teams: params.getAll(LISTS.teams),
    assignees: params.getAll(LISTS.assignees),
    surveys: params.getAll(LISTS.surveys),
    segments: params.getAll(LISTS.segments),
    order: readOrder(params.get('sort')),
  }
}

export function writeInboxQuery(query: InboxQuery): URLSearchParams {
  const params = new URLSearchParams({ view: query.view })
  if (query.text) params.set('q', query.text)
  for (const priority of query.priorities) params.append('priority', priority.toLowerCase())
  for (const [field, name] of Object.entries(LISTS) as [keyof typeof LISTS, string][])
    for (const value of query[field]) params.append(name, value)
  const sort = writeOrder(query.order)
  if (sort !== writeOrder(DEFAULT_ORDER)) params.set('sort', sort)
  return params
}

/** "-activity" is the newest activity first. */
function readOrder(sort: string | null): TicketOrder {
  const field = ORDER_FIELDS[(sort ?? '').replace(/^-/, '')]
  return field ? { field, direction: sort?.startsWith('-') ? 'DESC' : 'ASC' } : DEFAULT_ORDER
}

function writeOrder({ field, direction }: TicketOrder): string {
  return `${direction === 'DESC' ? '-' : ''}${ORDER_NAMES[field]}`
}

/** The one filter of list, feed and kanban. */
export function ticketFilter(query: InboxQuery): TicketFilter {
  const given = <T>(values: T[]) => (values.length > 0 ? values : undefined)
  const narrowing: TicketFilter = {
    text: query.text.trim() || undefined,
    statusIds: given(query.statuses),
    priorities: given(query.priorities),
    teamIds: given(query.teams),
    assigneeIds: given(query.assignees),
    surveyIds: given(query.surveys),
    segments: given(query.segments),
  }
  return { ...VIEW_FILTERS[query.view], ...withoutUndefined(narrowing) }
}

function withoutUndefined(filter: TicketFilter): TicketFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
}

export const NOTHING_NARROWED: Narrowing = { text: '', statuses: [], priorities: [], teams: [], assignees: [], surveys: [], segments: [] }

export function isNarrowed(query: InboxQuery): boolean {
  return (Object.keys(NOTHING_NARROWED) as (keyof Narrowing)[]).some((key) => query[key].length > 0)
}
