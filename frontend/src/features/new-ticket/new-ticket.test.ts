import { describe, expect, test } from 'vitest'
import { checkNewTicket, EMPTY_NEW_TICKET, newTicketInput, newTicketOf, placeToSee, withContact, withName } from './new-ticket'

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

describe('who gets a new ticket', () => {
  const ines = { id: 'usr_3', teams: [{ id: 'tea_1', name: 'Web' }, { id: 'tea_2', name: 'Magasins' }] }
  const mine = newTicketOf(ines)
  const at = (pathname: string, search = '') => ({ pathname, search })

  test('is whoever writes it, with their team, until somebody else is chosen', () => {
    expect(mine).toMatchObject({ assigneeId: 'usr_3', teamId: 'tea_1' })
    expect(newTicketOf({ ...ines, teams: [] })).toMatchObject({ assigneeId: 'usr_3', teamId: null })
  })

  test('finds it in the list beside, or is told which view has it', () => {
    expect(placeToSee(mine, ines, at('/inbox'))).toBeNull()
    expect(placeToSee(mine, ines, at('/inbox', '?view=teams&as=feed'))).toBeNull()
    expect(placeToSee(mine, ines, at('/inbox', '?view=unassigned'))).toBe('mine')
    expect(placeToSee(mine, ines, at('/inbox', '?view=mine&priority=high'))).toBe('mine')
    expect(placeToSee({ assigneeId: null, teamId: 'tea_2' }, ines, at('/inbox', '?view=mine'))).toBe('teams')
    expect(placeToSee({ assigneeId: 'usr_9', teamId: null }, ines, at('/contacts/con_1'))).toBe('all')
  })
})
