// oxlint-disable-next-line no-restricted-imports -- here alone
import { type ComponentType, lazy } from 'react'
import { whenServerAnswers } from './server-watch'
import { createStore } from './store'

/** How often a server that answers may fail to give a file, before the page as a whole is old. */
const MOST_TRIES = 2
const RELOADED_AT = 'boucle.reloadedAt'
const RELOAD_AT_MOST_EVERY_MS = 60_000

/** How many parts of the product are waited for because the server does not answer. */
export const partsOutOfReach = createStore(0)

/** A screen or a dialog that is fetched when it is opened, and when the server is back if it is away. `lazy` of React would fail for good. */
export function lazyPart<Props = object>(load: () => Promise<{ default: ComponentType<Props> }>) {
  return lazy(() => loadPart(load))
}

/** Fetches code or words, for as long as it takes. */
export async function loadPart<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    return await load()
  } catch {
    partsOutOfReach.set(partsOutOfReach.get() + 1)
    try {
      return await loadOnceThere(load, MOST_TRIES)
    } finally {
      partsOutOfReach.set(partsOutOfReach.get() - 1)
    }
  }
}

async function loadOnceThere<Part>(load: () => Promise<Part>, tries: number): Promise<Part> {
  await whenServerAnswers()
  try {
    await loadLostStyles()
    return await load()
  } catch (error) {
    if (tries > 1) return loadOnceThere(load, tries - 1)
    // The server answers and does not have the file: it was updated meanwhile, or the browser remembers the failure.
    return reloadPage(error)
  }
}

/** Vite asks for a style sheet once and never again, whatever became of it. */
async function loadLostStyles(): Promise<void> {
  const lost = [...document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')].filter(({ sheet }) => !sheet)
  await Promise.all(
    lost.map(
      (link) =>
        new Promise((resolve, reject) => {
          const again = link.cloneNode() as HTMLLinkElement
          again.addEventListener('load', resolve)
          again.addEventListener('error', () => reject(new Error(`No style sheet at ${link.href}`)))
          link.replaceWith(again)
        }),
    ),
  )
}

/** Never twice in a row: a file that stays away is a fault to be shown. */
function reloadPage(error: unknown): Promise<never> {
  const before = Number(sessionStorage.getItem(RELOADED_AT) ?? 0)
  if (Date.now() - before < RELOAD_AT_MOST_EVERY_MS) throw error
  sessionStorage.setItem(RELOADED_AT, String(Date.now()))
  location.reload()
  return new Promise(() => {})
}
