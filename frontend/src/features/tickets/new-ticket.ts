import type { MessageKey } from '@/app/i18n/i18n'
import type { TicketCreateInput, TicketPriority } from '@/graphql/generated/schema'

export interface NewTicket {
  subject: string
  customerName: string
  customerEmail: string
  customerPhone: string
  /** As a datetime-local field writes it; empty is now. */
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
  occurredAt: '',
  comment: '',
  priority: 'MEDIUM',
  segment: '',
  teamId: null,
  assigneeId: null,
}

/** What must be put right before the server is asked, by field. */
export function checkNewTicket(ticket: NewTicket, now: number): Partial<Record<keyof NewTicket, MessageKey>> {
  const wrong: Partial<Record<keyof NewTicket, MessageKey>> = {}
  if (!ticket.subject.trim()) wrong.subject = 'app.required'
  if (!ticket.customerName.trim()) wrong.customerName = 'app.required'
  if (ticket.customerEmail.trim() && !/^\S+@\S+\.\S+$/.test(ticket.customerEmail.trim())) wrong.customerEmail = 'tickets.new.invalidEmail'
  if (ticket.occurredAt && Date.parse(ticket.occurredAt) > now) wrong.occurredAt = 'tickets.new.futureDate'
  return wrong
}

export function newTicketInput(ticket: NewTicket): TicketCreateInput {
  const text = (value: string) => value.trim() || null
  return {
    subject: ticket.subject.trim(),
    customerName: ticket.customerName.trim(),
    customerEmail: text(ticket.customerEmail),
    customerPhone: text(ticket.customerPhone),
    occurredAt: ticket.occurredAt ? new Date(ticket.occurredAt).toISOString() : null,
    comment: text(ticket.comment),
    priority: ticket.priority,
    segment: text(ticket.segment),
    teamId: ticket.teamId,
    assigneeId: ticket.assigneeId,
  }
}
