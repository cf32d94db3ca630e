import { I18nProvider } from '@lingui/react'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { MemoryRouter } from 'react-router'
import { Client, Provider } from 'urql'
import { map, pipe } from 'wonka'
import { beforeAll, expect, test } from 'vitest'
import { activateLocale, i18n } from '@/app/i18n/i18n'
import { makeTicket } from '@/testing/tickets'
import { Conversation } from './Conversation'
import type { PanelTicket } from './TicketPanel'

const ticket = {
  ...makeTicket({ id: 'tkt_7', comment: 'Colis perdu.' }),
  occurredAt: '2026-11-20T08:00:00Z',
  viewerCan: { work: true, assign: true, take: true, escalate: true },
  comments: { totalCount: 0, nodes: [] },
} as unknown as PanelTicket

/** A server that answers every mutation with `payload`, and keeps what it was sent. */
function fakeClient(payload: object) {
  const sent: Record<string, unknown>[] = []
  const client = new Client({
    url: '/graphql',
    preferGetMethod: false,
    exchanges: [
      () => (operations) =>
        pipe(
          operations,
          map((operation) => {
            sent.push(operation.variables as Record<string, unknown>)
            return { operation, data: { ticketComment: payload }, stale: false, hasNext: false }
          }),
        ),
    ],
  })
  return { client, sent }
}

function show(client: Client, element: ReactNode) {
  return render(
    <I18nProvider i18n={i18n}>
      <Provider value={client}>
        <MemoryRouter>{element}</MemoryRouter>
      </Provider>
    </I18nProvider>,
  )
}

beforeAll(() => activateLocale('fr'))

const composer = () => screen.getByRole('textbox', { name: 'Commentaire interne' })

test('a comment that was being written is there again after a reload', async () => {
  const { client } = fakeClient({ userErrors: [] })
  const first = show(client, <Conversation ticket={ticket} onWritten={() => {}} />)
  await userEvent.type(composer(), 'Rappeler demain')
  first.unmount()
  show(client, <Conversation ticket={ticket} onWritten={() => {}} />)
  expect(composer()).toHaveProperty('value', 'Rappeler demain')
})

test('a sent comment empties the composer', async () => {
  const { client, sent } = fakeClient({ comment: { id: 'cmt_1' }, userErrors: [] })
  show(client, <Conversation ticket={ticket} onWritten={() => {}} />)
  await userEvent.type(composer(), 'Rappelée.')
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  expect(sent).toMatchObject([{ id: 'tkt_7', body: 'Rappelée.' }])
  expect(composer()).toHaveProperty('value', '')
})

test('a refused comment stays, says why, and is sent again under the same key', async () => {
  const { client, sent } = fakeClient({ comment: null, userErrors: [{ field: null, message: 'Ticket clos par Marc.', code: 'CLOSED' }] })
  show(client, <Conversation ticket={ticket} onWritten={() => {}} />)
  await userEvent.type(composer(), 'Rappelée.')
  await userEvent.click(screen.getByRole('button', { name: 'Commenter' }))
  expect(screen.getByRole('alert').textContent).toBe('Ce n’est pas possible dans l’état actuel.')
  expect(composer()).toHaveProperty('value', 'Rappelée.')
  await userEvent.click(screen.getByRole('button', { name: 'Commenter' }))
  expect(sent[0]?.idempotencyKey).toBe(sent[1]?.idempotencyKey)
})

test('what the customer said stands above, with the score in words', () => {
  show(fakeClient({ userErrors: [] }).client, <Conversation ticket={ticket} onWritten={() => {}} />)
  expect(screen.getByText('Colis perdu.')).toBeTruthy()
  expect(screen.getByText(', Détracteur')).toBeTruthy()
})
