import type { MessageKey } from '@/app/i18n/i18n'
import type { Viewer } from '@/features/session/viewer'
import type { TicketCreateInput, TicketPriority } from '@/graphql/generated/schema'
import { fromLocalField } from '@/lib/local-time'
import { groupPhone } from '@/lib/phone-number'
import type { KnownCustomerFragment } from './new-ticket.generated'

export interface NewTicket {
  subject: string
  customerName: string
  customerEmail: string
  customerPhone: string
  /** The customer in the directory; null for somebody new. */
  contactId: string | null
  /** One of the contact's; it brings score, words and survey along. */
  responseId: string | null
  surveyId: string | null
  /** In local time, as a date field writes it; empty is now, or when the response was given. */
  occurredAt: string
  comment: string
  priority: TicketPriority
  segment: string
  teamId: string | null
  assigneeId: string | null
}

export const EMPTY_NEW_TICKET: NewTicket = {
  subject: '',
  customerName: '',
  customerEmail: '',
  customerPhone: '',
  contactId: null,
  responseId: null,
  surveyId: null,
  occurredAt: '',
  comment: '',
  priority: 'MEDIUM',
  segment: '',
  teamId: null,
  assigneeId: null,
}

/** Whoever writes it down takes care of it, unless they choose somebody else. */
export function newTicketOf({ id, teams }: Pick<Viewer, 'id' | 'teams'>): NewTicket {
  return { ...EMPTY_NEW_TICKET, assigneeId: id, teamId: teams[0]?.id ?? null }
}

type Place = 'mine' | 'teams' | 'all'

/** The view that surely shows the ticket; null where the list at this address does already. */
export function placeToSee({ assigneeId, teamId }: Pick<NewTicket, 'assigneeId' | 'teamId'>, { id, teams }: Pick<Viewer, 'id' | 'teams'>, address: Pick<Location, 'pathname' | 'search'>): Place | null {
  const places: Place[] = ['all']
  if (teams.some((team) => team.id === teamId)) places.unshift('teams')
  if (assigneeId === id) places.unshift('mine')
  const { view = 'mine', as: _, sort: __, new: ___, ...narrowing } = Object.fromEntries(new URLSearchParams(address.search))
  const isListed = address.pathname.startsWith('/inbox') && Object.keys(narrowing).length === 0 && places.includes(view as Place)
  return isListed ? null : (places[0] ?? null)
}

const UNLINKED = { contactId: null, responseId: null }

/** A known customer with what the directory knows of them. */
export function withContact(ticket: NewTicket, contact: KnownCustomerFragment): NewTicket {
  return {
    ...ticket,
    ...UNLINKED,
    contactId: contact.id,
    customerName: contact.name,
    customerEmail: contact.email ?? '',
    customerPhone: contact.phone ? groupPhone(contact.phone) : '',
  }
}

export function withoutContact(ticket: NewTicket): NewTicket {
  return { ...ticket, ...UNLINKED }
}

/** Another name is another customer. */
export function withName(ticket: NewTicket, customerName: string): NewTicket {
  return customerName === ticket.customerName ? ticket : { ...withoutContact(ticket), customerName }
}

/** What must be put right before the server is asked, by field. */
export function checkNewTicket(ticket: NewTicket, now: number, timeZone?: string): Partial<Record<keyof NewTicket, MessageKey>> {
  const wrong: Partial<Record<keyof NewTicket, MessageKey>> = {}
  if (!ticket.subject.trim()) wrong.subject = 'app.required'
  if (!ticket.customerName.trim()) wrong.customerName = 'app.required'
  if (ticket.customerEmail.trim() && !/^\S+@\S+\.\S+$/.test(ticket.customerEmail.trim())) wrong.customerEmail = 'newTicket.invalidEmail'
  const occurredAt = fromLocalField(ticket.occurredAt, timeZone)
  if (occurredAt && Date.parse(occurredAt) > now) wrong.occurredAt = 'newTicket.futureDate'
  return wrong
}

export function newTicketInput(ticket: NewTicket, timeZone?: string): TicketCreateInput {
  const text = (value: string) => value.trim() || null
  return {
    subject: ticket.subject.trim(),
    customerName: ticket.customerName.trim(),
    customerEmail: text(ticket.customerEmail),
    customerPhone: text(ticket.customerPhone),
    contactId: ticket.contactId,
    responseId: ticket.responseId,
    // A response has its own.
    surveyId: ticket.responseId ? null : ticket.surveyId,
    occurredAt: fromLocalField(ticket.occurredAt, timeZone),
    comment: text(ticket.comment),
    priority: ticket.priority,
    segment: text(ticket.segment),
    teamId: ticket.teamId,
    assigneeId: ticket.assigneeId,
  }
}
