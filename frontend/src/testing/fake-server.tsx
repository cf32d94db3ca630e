import { I18nProvider } from '@lingui/react'
import { render } from '@testing-library/react'
import type { DocumentNode } from 'graphql'
import type { ReactNode } from 'react'
import { MemoryRouter } from 'react-router'
import { Client, Provider } from 'urql'
import { map, pipe } from 'wonka'
import { i18n } from '@/app/i18n/i18n'
import { type Viewer, ViewerContext } from '@/features/session/viewer'

export interface Asked {
  kind: 'query' | 'mutation' | 'subscription' | 'teardown'
  /** Of the operation, e.g. "TicketCreate". */
  name: string
  variables: Record<string, unknown>
}

/** A server in the test: `answer` gives the data for each operation; what was asked is kept. */
export function fakeServer(answer: (asked: Asked) => object) {
  const asked: Asked[] = []
  const client = new Client({
    url: '/graphql',
    preferGetMethod: false,
    exchanges: [
      () => (operations) =>
        pipe(
          operations,
          map((operation) => {
            const question = { kind: operation.kind, name: nameOf(operation.query), variables: operation.variables as Record<string, unknown> }
            asked.push(question)
            return { operation, data: operation.kind === 'teardown' ? null : answer(question), stale: false, hasNext: false }
          }),
        ),
    ],
  })
  return { client, sent: (kind: Asked['kind']) => asked.filter((each) => each.kind === kind).map(({ variables }) => variables) }
}

function nameOf({ definitions }: DocumentNode): string {
  return definitions.flatMap((each) => (each.kind === 'OperationDefinition' && each.name ? [each.name.value] : [])).join()
}

/** Shows part of a screen as the app does: words, server, address. */
export function show(client: Client, element: ReactNode) {
  return render(
    <I18nProvider i18n={i18n}>
      <Provider value={client}>
        <ViewerContext value={ADMIN}>
          <MemoryRouter>{element}</MemoryRouter>
        </ViewerContext>
      </Provider>
    </I18nProvider>,
  )
}

const ADMIN: Viewer = {
  id: 'usr_1',
  name: 'Léa Fontaine',
  email: 'lea@boucle.example',
  initials: 'LF',
  language: 'FR',
  timeZone: 'Europe/Paris',
  permissions: ['TICKETS_READ', 'TICKETS_WORK', 'TICKETS_ASSIGN', 'CONTACTS_READ'],
  version: 1,
  teams: [],
  userType: { id: 'utp_1', key: 'cx_admin', name: 'CX admin' },
}
