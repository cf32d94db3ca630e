import type { strings as french } from './strings.fr'

export const strings: Record<keyof typeof french, string> = {
  'newTicket.field.customerName': 'Customer name',
  'newTicket.field.comment': 'What the customer says',
  'newTicket.field.response': 'Response it is about',
  'newTicket.customer.hint': 'Choose a contact by typing, or write the name of a new customer.',
  'newTicket.customer.unknown': 'No contact of this name: it will be a new customer.',
  'newTicket.customer.short': 'Keep typing to look for a contact.',
  'newTicket.linked': 'Linked contact',
  'newTicket.linked.about': '{name}, {responses, plural, =0 {no response} one {# response} other {# responses}}, {tickets, plural, =0 {no open ticket} one {# open ticket} other {# open tickets}}',
  'newTicket.unlink': 'Unlink',
  'newTicket.response.none': 'None',
  'newTicket.response.hasTicket': 'Has ticket {key} already',
  'newTicket.response.words': 'Without a text here, the words of the response are taken.',
  'newTicket.survey.none': 'None',
  'newTicket.create': 'Create ticket',
  'newTicket.created': '{key} is created',
  'newTicket.draft': 'Draft kept in this browser',
  'newTicket.discard': 'Discard draft',
  'newTicket.invalidEmail': 'This e-mail address is incomplete.',
  'newTicket.futureDate': 'The date cannot be in the future.',
  'newTicket.sentBefore': 'A ticket was already created from this draft, with other content. Look for it in the list; if you need a second one, create it again.',
}
