import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeAll, expect, test, vi } from 'vitest'
import { activateLocale } from '@/app/i18n/i18n'
import { fakeServer, show } from '@/testing/fake-server'
import { makeTicket } from '@/testing/tickets'
import { Conversation } from './Conversation'
import type { PanelTicket } from './TicketPanel'

const ticket = {
  ...makeTicket({ id: 'tkt_7', comment: 'Colis perdu.' }),
  occurredAt: '2026-11-20T08:00:00Z',
  viewerCan: { work: true, assign: true, take: true, escalate: true },
} as unknown as PanelTicket

const comment = (number: number) => ({ id: `cmt_${number}`, body: `Commentaire ${number}`, createdAt: '2026-11-20T08:00:00Z', author: null })
const nothingWritten = { nodes: [], pageInfo: { hasPreviousPage: false, startCursor: null } }

/** A server that knows no comments and answers each new one with `payload`. */
const serverSaying = (payload: object) =>
  fakeServer(({ kind }) => (kind === 'mutation' ? { ticketComment: payload } : { ticketByKey: { id: 'tkt_7', comments: nothingWritten } }))

beforeAll(() => activateLocale('fr'))

const composer = () => screen.getByRole('textbox', { name: 'Commentaire interne' })

test('a comment that was being written is there again after a reload', async () => {
  const { client } = serverSaying({ userErrors: [] })
  const first = show(client, <Conversation ticket={ticket} onWritten={() => {}} />)
  await userEvent.type(composer(), 'Rappeler demain')
  first.unmount()
  show(client, <Conversation ticket={ticket} onWritten={() => {}} />)
  expect(composer()).toHaveProperty('value', 'Rappeler demain')
})

test('a sent comment empties the composer', async () => {
  const { client, sent } = serverSaying({ comment: { id: 'cmt_1' }, userErrors: [] })
  show(client, <Conversation ticket={ticket} onWritten={() => {}} />)
  await userEvent.type(composer(), 'Rappelée.')
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  expect(sent('mutation')).toMatchObject([{ id: 'tkt_7', body: 'Rappelée.' }])
  expect(composer()).toHaveProperty('value', '')
})

test('a refused comment stays, says why, and is sent again under the same key', async () => {
  const { client, sent } = serverSaying({ comment: null, userErrors: [{ field: null, message: 'T-7 est sous séquestre. Attendez sa levée.', code: 'NOT_ALLOWED_NOW' }] })
  show(client, <Conversation ticket={ticket} onWritten={() => {}} />)
  await userEvent.type(composer(), 'Rappelée.')
  await userEvent.click(screen.getByRole('button', { name: 'Commenter' }))
  expect(screen.getByRole('alert').textContent).toBe('T-7 est sous séquestre. Attendez sa levée.')
  expect(composer()).toHaveProperty('value', 'Rappelée.')
  await userEvent.click(screen.getByRole('button', { name: 'Commenter' }))
  const [first, second] = sent('mutation')
  expect(first?.idempotencyKey).toBeTruthy()
  expect(second?.idempotencyKey).toBe(first?.idempotencyKey)
})

test('what the customer said stands above where the title does not hold it already', () => {
  const { client } = serverSaying({ userErrors: [] })
  const named = show(client, <Conversation ticket={{ ...ticket, subject: 'Colis perdu' }} onWritten={() => {}} />)
  expect(screen.queryByText('Colis perdu.')).toBeNull()
  named.unmount()
  show(client, <Conversation ticket={{ ...ticket, subject: 'À rappeler' }} onWritten={() => {}} />)
  expect(screen.getByRole('figure', { name: 'Les mots du client' }).textContent).toBe('Colis perdu.')
})

test('others no longer see somebody write who has left the field', async () => {
  const stopped = vi.fn<() => void>()
  show(serverSaying({ userErrors: [] }).client, <Conversation ticket={ticket} onWritten={() => {}} onStopped={stopped} />)
  await userEvent.type(composer(), 'Je rappelle')
  expect(stopped).not.toHaveBeenCalled()
  await userEvent.keyboard('{Escape}')
  expect(stopped).toHaveBeenCalled()
})

test('whoever scrolls up reads what was said before the newest page', async () => {
  const reached: (() => void)[] = []
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(callback: (entries: { isIntersecting: boolean }[]) => void) {
        reached.push(() => callback([{ isIntersecting: true }]))
      }
      observe() {}
      disconnect() {}
    },
  )
  const { client, sent } = fakeServer(({ variables: { after } }) => {
    const page = after ? { nodes: [comment(1)], pageInfo: { hasPreviousPage: false, startCursor: 'one' } } : { nodes: [comment(2), comment(3)], pageInfo: { hasPreviousPage: true, startCursor: 'two' } }
    return { ticketByKey: { id: 'tkt_7', comments: page } }
  })
  show(client, <Conversation ticket={ticket} onWritten={() => {}} />)
  expect(screen.getAllByText(/^Commentaire \d/).map((each) => each.textContent)).toEqual(['Commentaire 2', 'Commentaire 3'])
  act(() => reached.at(-1)?.())
  expect(screen.getAllByText(/^Commentaire \d/).map((each) => each.textContent)).toEqual(['Commentaire 1', 'Commentaire 2', 'Commentaire 3'])
  expect(sent('query').map(({ after }) => after)).toEqual([null, 'two'])
  vi.unstubAllGlobals()
})
