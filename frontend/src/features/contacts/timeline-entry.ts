import type { MessageKey } from '@/app/i18n/i18n'
import type { EventKind } from '@/graphql/generated/schema'
import type { TimelineEventFragment } from './contacts.generated'

/** What a line of the timeline shows; the words are in the catalogue. */
export interface TimelineEntry {
  /** `event`: the sentence that a ticket's activity tells; otherwise a sentence of the contact's own. */
  headline: 'event' | { id: MessageKey; survey?: string }
  score: NonNullable<TimelineEventFragment['response']> | null
  /** Words of the customer or of a colleague. */
  quote: { text: string; by: 'customer' | 'team' } | null
  /** The ticket that the line is about, where the headline does not say it. */
  ticket: NonNullable<TimelineEventFragment['ticket']> | null
  /** Fields of the contact that changed, with old and new. */
  changes: TimelineEventFragment['changes']
}

const PLAIN: Omit<TimelineEntry, 'headline'> = { score: null, quote: null, ticket: null, changes: [] }

type Presenter = (event: TimelineEventFragment) => TimelineEntry

function presentResponse({ response, ticket }: TimelineEventFragment): TimelineEntry {
  if (!response) return { ...PLAIN, headline: { id: 'contacts.timeline.answered' } }
  return {
    ...PLAIN,
    headline: { id: 'contacts.timeline.answeredSurvey', survey: response.survey.name },
    score: response,
    quote: response.comment ? { text: response.comment, by: 'customer' } : null,
    ticket: ticket ?? null,
  }
}

function presentComment(event: TimelineEventFragment): TimelineEntry {
  return { ...PLAIN, headline: { id: 'contacts.timeline.commented' }, quote: event.text ? { text: event.text, by: 'team' } : null, ticket: event.ticket ?? null }
}

function presentTicketEvent(event: TimelineEventFragment): TimelineEntry {
  return { ...PLAIN, headline: 'event', quote: event.text ? { text: event.text, by: 'team' } : null, ticket: event.ticket ?? null }
}

function presentBirth(event: TimelineEventFragment): TimelineEntry {
  return { ...PLAIN, headline: { id: event.actorKind === 'USER' ? 'contacts.timeline.createdBy' : 'contacts.timeline.created' } }
}

function presentEdit(event: TimelineEventFragment): TimelineEntry {
  const byPerson = event.actorKind === 'USER'
  return { ...PLAIN, headline: { id: byPerson ? 'contacts.timeline.editedBy' : 'contacts.timeline.edited' }, changes: event.changes.filter(({ field }) => FIELD_WORDS[field]) }
}

const PRESENTERS: Partial<Record<EventKind, Presenter>> = {
  RESPONSE_RECEIVED: presentResponse,
  TICKET_COMMENTED: presentComment,
  CONTACT_CREATED: presentBirth,
  CONTACT_UPDATED: presentEdit,
}

export function presentEvent(event: TimelineEventFragment): TimelineEntry {
  return (PRESENTERS[event.kind] ?? presentTicketEvent)(event)
}

/** The log's names of a contact's fields. */
export const FIELD_WORDS: Record<string, MessageKey> = {
  first_name: 'contacts.field.firstName',
  last_name: 'contacts.field.lastName',
  email: 'contacts.field.email',
  phone: 'contacts.field.phone',
  external_reference: 'contacts.field.externalReference',
  language: 'contacts.field.language',
  is_opted_out: 'contacts.optedOut',
}

export type TimelineTopic = 'responses' | 'tickets' | 'comments' | 'escalations' | 'profile'

const KINDS_OF: Record<TimelineTopic, EventKind[]> = {
  responses: ['RESPONSE_RECEIVED'],
  tickets: ['TICKET_CREATED', 'TICKET_UPDATED', 'TICKET_STATUS_CHANGED', 'TICKET_PRIORITY_CHANGED', 'TICKET_SEGMENT_CHANGED', 'TICKET_ASSIGNED'],
  comments: ['TICKET_COMMENTED'],
  escalations: ['TICKET_ESCALATED'],
  profile: ['CONTACT_CREATED', 'CONTACT_UPDATED'],
}

export const TOPICS = Object.keys(KINDS_OF) as TimelineTopic[]

/** The event kinds of the chosen topics; null where nothing is left out. */
export function kindsOf(topics: ReadonlySet<TimelineTopic>): EventKind[] | null {
  if (topics.size === 0 || topics.size === TOPICS.length) return null
  return TOPICS.filter((topic) => topics.has(topic)).flatMap((topic) => KINDS_OF[topic])
}

/** Events under their days, both newest first. `dayOf` names the day of a moment where the person is. */
export function byDay<Event extends { at: string }>(events: readonly Event[], dayOf: (at: string) => string): { day: string; events: Event[] }[] {
  const days: { day: string; events: Event[] }[] = []
  for (const event of events) {
    const day = dayOf(event.at)
    if (days.at(-1)?.day === day) days.at(-1)?.events.push(event)
    else days.push({ day, events: [event] })
  }
  return days
}
