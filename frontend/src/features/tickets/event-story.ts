import type { MessageKey } from '@/app/i18n/i18n'
import type { EventKind } from '@/graphql/generated/schema'
import type { EventLineFragment } from './ticket.generated'

/** A sentence about an event, and its words. `who`, `before` and `after` are shown strongly. */
export interface EventStory {
  id: MessageKey
  before?: string
  after?: string
  person?: string
  rule?: string
}

type Presenter = (event: EventLineFragment) => EventStory

const changeOf = (event: EventLineFragment, field: string) => event.changes.find((change) => change.field === field)

function tellCreation(event: EventLineFragment): EventStory {
  return { id: event.actorKind === 'USER' ? 'tickets.event.created' : 'tickets.event.createdByAnswer' }
}

function tellChange(id: MessageKey, ...fields: string[]): Presenter {
  return (event) => {
    const change = fields.map((field) => changeOf(event, field)).find(Boolean)
    return { id, before: change?.before ?? undefined, after: change?.after ?? undefined }
  }
}

function tellAssignment(event: EventLineFragment): EventStory {
  const assignee = changeOf(event, 'assignee')
  const team = changeOf(event, 'team')
  if (event.forwardedFrom && assignee?.after)
    return { id: 'tickets.event.forwarded', after: assignee.after, person: event.forwardedFrom.name }
  if (assignee?.after && assignee.after === event.actor?.name) return { id: 'tickets.event.taken' }
  if (assignee?.after) return { id: 'tickets.event.assigned', after: assignee.after }
  if (team?.after) return { id: 'tickets.event.teamAssigned', after: team.after }
  if (assignee?.before && assignee.before === event.actor?.name) return { id: 'tickets.event.givenBack' }
  return { id: 'tickets.event.unassigned', before: assignee?.before ?? team?.before ?? undefined }
}

function tellEscalation(event: EventLineFragment): EventStory {
  if (event.ruleName) return { id: 'tickets.event.escalatedByRule', rule: event.ruleName }
  return { id: event.actorKind === 'USER' ? 'tickets.event.escalated' : 'tickets.event.escalatedAlone' }
}

function tellUpdate(event: EventLineFragment): EventStory {
  const subject = changeOf(event, 'subject')
  return subject ? { id: 'tickets.event.renamed', after: subject.after ?? undefined } : { id: 'tickets.event.updated' }
}

const PRESENTERS: Partial<Record<EventKind, Presenter>> = {
  TICKET_CREATED: tellCreation,
  TICKET_UPDATED: tellUpdate,
  TICKET_STATUS_CHANGED: tellChange('tickets.event.status', 'status'),
  TICKET_PRIORITY_CHANGED: tellChange('tickets.event.priority', 'priority'),
  TICKET_SEGMENT_CHANGED: tellChange('tickets.event.segment', 'current_segment', 'original_segment'),
  TICKET_ASSIGNED: tellAssignment,
  TICKET_COMMENTED: () => ({ id: 'tickets.event.commented' }),
  TICKET_ESCALATED: tellEscalation,
  RESPONSE_RECEIVED: () => ({ id: 'tickets.event.response' }),
  CONTACT_CREATED: () => ({ id: 'tickets.event.contactCreated' }),
  CONTACT_UPDATED: () => ({ id: 'tickets.event.contactUpdated' }),
}

/** What happened, as a sentence of the catalogue. */
export function tellEvent(event: EventLineFragment): EventStory {
  return PRESENTERS[event.kind]?.(event) ?? { id: 'tickets.event.other' }
}
