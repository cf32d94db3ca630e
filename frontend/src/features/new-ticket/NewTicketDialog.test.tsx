import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeAll, expect, test, vi } from 'vitest'
import { activateLocale, loadScreenWords } from '@/app/i18n/i18n'
import { type Asked, fakeServer, show } from '@/testing/fake-server'
import NewTicketDialog from './NewTicketDialog'

const odile = { id: 'con_7', name: 'Odile Ferrand', email: 'odile@courriel.example', phone: '+33612345678', openTicketCount: 0, responseCount: 1 }
const response = { id: 'rsp_3', score: 2, scoreMaximum: 10, scoreClass: 'DETRACTOR', comment: 'Colis perdu.', submittedAt: '2026-11-20T08:00:00Z', survey: { id: 'srv_1', name: 'Après commande' }, ticket: null }

/** A server that knows one contact, and answers creations one after the other. */
function serverWith(...creations: object[]) {
  return fakeServer(({ kind, name, variables }: Asked) => {
    if (kind === 'mutation') return { ticketCreate: creations.shift() ?? { ticket: { key: 'T-9' }, userErrors: [] } }
    if (name === 'CustomerSearch') return { contacts: { nodes: String(variables.text).startsWith('Od') ? [odile] : [] } }
    if (name === 'CustomerResponses') return { node: { ...odile, responses: { nodes: [response] } } }
    return { teams: { nodes: [] }, surveys: { nodes: [] }, users: { nodes: [] }, segments: [] }
  })
}

function open(server: ReturnType<typeof serverWith>, contactId: string | null = null) {
  const created: string[] = []
  let closed = 0
  const shown = show(server.client, <NewTicketDialog contactId={contactId} onClose={() => (closed += 1)} onCreated={(key) => created.push(key)} />)
  return { ...shown, created, closed: () => closed }
}

const name = () => screen.getByRole('combobox', { name: /Nom du client/ })
const subject = () => screen.getByRole('textbox', { name: /Objet/ })
const create = () => screen.getByRole('button', { name: 'Créer le ticket' })

async function fillIn() {
  await userEvent.type(name(), 'Anselme')
  await userEvent.tab()
  await userEvent.type(subject(), 'Facture')
}

beforeAll(async () => {
  await activateLocale('fr')
  await loadScreenWords()
})

test('Ctrl+Enter creates it from any field, for whoever wrote it', async () => {
  const server = serverWith()
  const { created } = open(server)
  await fillIn()
  await userEvent.type(screen.getByRole('textbox', { name: 'Ce que dit le client' }), 'Il me faut une facture.')
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  expect(created).toEqual(['T-9'])
  expect(server.sent('mutation')).toMatchObject([{ input: { comment: 'Il me faut une facture.', assigneeId: 'usr_1' } }])
})

test('a contact found by typing fills the form and is linked', async () => {
  const server = serverWith()
  open(server)
  await userEvent.type(name(), 'Odi')
  await userEvent.click(await screen.findByRole('option', { name: /Odile Ferrand/ }))
  expect(screen.getByLabelText('E-mail')).toHaveProperty('value', 'odile@courriel.example')
  await userEvent.type(subject(), 'Rappel')
  await userEvent.click(create())
  expect(server.sent('mutation')).toMatchObject([{ input: { contactId: 'con_7', customerName: 'Odile Ferrand', customerPhone: '+33 6 12 34 56 78', responseId: null } }])
})

test('a ticket that was created for others leads nowhere, and the form is done', async () => {
  const { created, closed } = open(serverWith({ ticket: null, userErrors: [] }))
  await fillIn()
  await userEvent.click(create())
  await vi.waitFor(() => expect(closed()).toBe(1))
  expect(created).toEqual([])
  expect(localStorage.length).toBe(0)
})

test('an address may begin with a contact', async () => {
  open(serverWith(), 'con_7')
  expect(name()).toHaveProperty('value', 'Odile Ferrand')
  expect(await screen.findByRole('group', { name: 'Fiche contact liée' })).toBeTruthy()
})

test('a contact that the address brought along is no draft until something is changed', async () => {
  open(serverWith(), 'con_7').unmount()
  expect(localStorage.length).toBe(0)
  open(serverWith(), 'con_7')
  await userEvent.type(subject(), 'Rappel')
  expect(localStorage.length).toBe(1)
  await userEvent.click(screen.getByRole('button', { name: 'Jeter le brouillon' }))
  expect([name(), subject()].map((input) => (input as HTMLInputElement).value)).toEqual(['Odile Ferrand', ''])
  expect(localStorage.length).toBe(0)
})

test('a try with wrong fields leads to the first of them, and those that are put right lose their mark', async () => {
  open(serverWith())
  await userEvent.click(create())
  expect(document.activeElement).toBe(name())
  await userEvent.type(name(), 'Anselme')
  await userEvent.tab()
  expect(screen.getAllByText('Ce champ est obligatoire.')).toHaveLength(1)
  await userEvent.click(create())
  expect(document.activeElement).toBe(subject())
})

test('the whole form is there again after a reload, until it is thrown away', async () => {
  const first = open(serverWith())
  await fillIn()
  first.unmount()
  open(serverWith())
  expect([name(), subject()].map((input) => (input as HTMLInputElement).value)).toEqual(['Anselme', 'Facture'])
  await userEvent.click(screen.getByRole('button', { name: 'Jeter le brouillon' }))
  expect([name(), subject()].map((input) => (input as HTMLInputElement).value)).toEqual(['', ''])
  expect(localStorage.length).toBe(0)
})

test('a second try after a refusal goes under the same key, and the draft ends with the ticket', async () => {
  const server = serverWith({ ticket: null, userErrors: [{ field: ['input', 'customerPhone'], message: 'Ce numéro est incomplet.', code: 'INVALID' }] })
  const { created } = open(server)
  await fillIn()
  await userEvent.click(create())
  expect(screen.getByText(/Ce numéro est incomplet/)).toBeTruthy()
  await userEvent.click(create())
  const [one, two] = server.sent('mutation')
  expect(two?.idempotencyKey).toBe(one?.idempotencyKey)
  expect(created).toEqual(['T-9'])
  expect(localStorage.length).toBe(0)
})

test('a draft that made a ticket already says so, and the next try makes another', async () => {
  const server = serverWith({ ticket: null, userErrors: [{ field: null, message: 'Used before.', code: 'IDEMPOTENCY_MISMATCH' }] })
  open(server)
  await fillIn()
  await userEvent.click(create())
  expect(screen.getByRole('alert').textContent).toContain('Un ticket a déjà été créé depuis ce brouillon')
  await userEvent.click(create())
  const [one, two] = server.sent('mutation')
  expect(two?.idempotencyKey).not.toBe(one?.idempotencyKey)
})
