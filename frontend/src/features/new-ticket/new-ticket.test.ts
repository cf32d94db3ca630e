import { describe, expect, test } from 'vitest'
import { checkNewTicket, EMPTY_NEW_TICKET, newTicketInput, withContact, withName } from './new-ticket'

const filled = { ...EMPTY_NEW_TICKET, subject: ' Colis perdu ', customerName: 'Camille Roux' }
const contact = { id: 'con_7', name: 'Odile Ferrand', email: 'odile@courriel.example', phone: '+33612345678', openTicketCount: 1, responseCount: 2 }

describe('a new ticket', () => {
  test('needs a subject and a customer', () => {
    expect(checkNewTicket(EMPTY_NEW_TICKET, 0)).toEqual({ subject: 'app.required', customerName: 'app.required' })
    expect(checkNewTicket(filled, 0)).toEqual({})
  })

  test('refuses half an address and a day that has not come', () => {
    const wrong = { ...filled, customerEmail: 'camille@', occurredAt: '2030-01-01T10:00' }
    expect(checkNewTicket(wrong, Date.parse('2026-11-20'))).toEqual({ customerEmail: 'newTicket.invalidEmail', occurredAt: 'newTicket.futureDate' })
  })

  test('sends what was filled in and null for the rest', () => {
    expect(newTicketInput(filled)).toMatchObject({ subject: 'Colis perdu', customerEmail: null, contactId: null, segment: null, occurredAt: null, priority: 'MEDIUM' })
  })

  test('takes over what the directory knows of a chosen contact', () => {
    const linked = withContact(filled, contact)
    expect(linked).toMatchObject({ contactId: 'con_7', customerName: 'Odile Ferrand', customerEmail: 'odile@courriel.example', customerPhone: '+33 6 12 34 56 78' })
    expect(withName(linked, 'Odile Ferrand')).toBe(linked)
  })

  test('is no longer about the contact once another name is typed', () => {
    const linked = { ...withContact(filled, contact), responseId: 'rsp_1' }
    expect(withName(linked, 'Odile Ferran')).toMatchObject({ contactId: null, responseId: null, customerName: 'Odile Ferran' })
  })

  test('has the survey of its response, and its own only without one', () => {
    expect(newTicketInput({ ...filled, surveyId: 'srv_1' }).surveyId).toBe('srv_1')
    expect(newTicketInput({ ...filled, surveyId: 'srv_1', contactId: 'con_7', responseId: 'rsp_1' })).toMatchObject({ surveyId: null, responseId: 'rsp_1' })
  })
})
