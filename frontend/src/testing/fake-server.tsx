import { I18nProvider } from '@lingui/react'
import { render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { MemoryRouter } from 'react-router'
import { Client, Provider } from 'urql'
import { map, pipe } from 'wonka'
import { i18n } from '@/app/i18n/i18n'

export interface Asked {
  kind: 'query' | 'mutation' | 'subscription' | 'teardown'
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
            const question = { kind: operation.kind, variables: operation.variables as Record<string, unknown> }
            asked.push(question)
            return { operation, data: operation.kind === 'teardown' ? null : answer(question), stale: false, hasNext: false }
          }),
        ),
    ],
  })
  return { client, sent: (kind: Asked['kind']) => asked.filter((each) => each.kind === kind).map(({ variables }) => variables) }
}

/** Shows part of a screen as the app does: words, server, address. */
export function show(client: Client, element: ReactNode) {
  return render(
    <I18nProvider i18n={i18n}>
      <Provider value={client}>
        <MemoryRouter>{element}</MemoryRouter>
      </Provider>
    </I18nProvider>,
  )
}
