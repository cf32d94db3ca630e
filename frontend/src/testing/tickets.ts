import type { EventLineFragment, FeedTicketFragment } from '@/features/tickets/ticket.generated'

export const OPEN_STATUS = { id: 'sta_2', key: 'open', name: 'Ouvert', category: 'OPEN' as const, colour: '#888', position: 1 }

let lastNumber = 0

/** A ticket as lists know it; say only what matters. */
export function makeTicket(given: Partial<FeedTicketFragment> = {}): FeedTicketFragment {
  lastNumber += 1
  const id = given.id ?? `tkt_${lastNumber}`
  return {
    id,
    key: id.replace('tkt_', 'T-'),
    subject: 'Livraison en retard',
    version: 1,
    kind: 'AUTOMATIC',
    priority: 'MEDIUM',
    status: OPEN_STATUS,
    team: null,
    assignee: null,
    survey: null,
    customerName: 'Camille Roux',
    score: 3,
    scoreMaximum: 10,
    scoreClass: 'DETRACTOR',
    comment: null,
    currentSegment: null,
    createdAt: '2026-11-20T08:00:00Z',
    lastActivityAt: '2026-11-20T08:00:00Z',
    nextDueAt: null,
    escalatedAt: null,
    isEscalatedManually: false,
    lastEvents: [],
    ...given,
  }
}

export function makeEvent(given: Partial<EventLineFragment> = {}): EventLineFragment {
  return {
    id: 'evt_1',
    kind: 'TICKET_CREATED',
    at: '2026-11-20T08:00:00Z',
    actorKind: 'USER',
    actor: { id: 'usr_1', name: 'Léa Fontaine', initials: 'LF' },
    changes: [],
    text: null,
    ruleName: null,
    forwardedFrom: null,
    ...given,
  }
}

/** Minutes past eight, as the server writes times. */
export function minute(minutes: number): string {
  return new Date(Date.parse('2026-11-20T08:00:00Z') + minutes * 60_000).toISOString()
}
