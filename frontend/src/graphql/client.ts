import { Client, fetchExchange, mapExchange, subscriptionExchange } from 'urql'
import { i18n } from '@/app/i18n/i18n'
import { normalisedCache } from './cache'
import { hiddenAnswers } from './hidden-answers'
import { createLive, type Live } from './live'
import { recovery } from './recovery'

export interface Api {
  client: Client
  live: Live
}

/** One signed-in person's view of the server: cache and socket live and die with the session. */
export function createApi({ onSignedOut }: { onSignedOut: () => void }): Api {
  const live = createLive({ url: socketUrl(), onRevoked: onSignedOut })
  const client = new Client({
    url: '/graphql',
    preferGetMethod: false,
    fetchOptions: () => ({
      credentials: 'same-origin',
      headers: {
        // One answer per request: streams come over the socket.
        accept: 'application/graphql-response+json, application/json',
        // Before anybody is signed in, the server answers in the language of the screen.
        'accept-language': i18n.locale,
        'X-Boucle-CSRF': '1',
      },
    }),
    exchanges: [
      mapExchange({
        onError(error) {
          if (error.response?.status === 401 || error.graphQLErrors.some(isSignedOut)) onSignedOut()
        },
      }),
      recovery,
      hiddenAnswers,
      normalisedCache(),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query, variables }) => ({
          subscribe: (sink) => ({
            unsubscribe: live.subscribe({ query: query ?? '', variables: variables as Record<string, unknown> }, {
              next: (result) => sink.next({ ...result, errors: result.errors as never }),
              error: (error) => sink.error(error),
              complete: () => sink.complete(),
            }),
          }),
        }),
      }),
    ],
  })
  return { client, live }
}

function socketUrl(): string {
  const { protocol, host } = window.location
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/graphql`
}

function isSignedOut(error: { extensions?: Record<string, unknown> }): boolean {
  return error.extensions?.code === 'UNAUTHENTICATED' || error.extensions?.code === 'SIGNED_OUT'
}
