import { type Api, createApi } from '@/graphql/client'
import { createStore } from '@/lib/store'

const RESTART_AT_MOST_EVERY_MS = 3_000
let lastRestart = 0

function openApi(): Api {
  return createApi({ onSignedOut: restartAfterSignOut })
}

/** The connection of the current session. */
export const currentApi = createStore<Api>(openApi())

/** Forgets everything this person saw (cache and socket), then asks who is signed in. */
export function restartSession(): void {
  currentApi.get().live.dispose()
  currentApi.set(openApi())
}

/** Many requests may learn at once that the session is over. */
function restartAfterSignOut(): void {
  if (Date.now() - lastRestart < RESTART_AT_MOST_EVERY_MS) return
  lastRestart = Date.now()
  restartSession()
}
