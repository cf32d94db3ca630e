/** Tells all who met a server that does not answer when it answers again: one watch for files, questions and the socket. */

const PROBE = '/healthz'
const FIRST_MS = 1_000
const MOST_MS = 4_000

const waiting = new Set<() => void>()
let timer: ReturnType<typeof setTimeout> | undefined
let isAsking = false

/** Resolves when the server answers; it is asked every few seconds until then, once for everybody who waits. */
export function whenServerAnswers(): Promise<void> {
  return new Promise((resolve) => {
    waiting.add(resolve)
    if (timer === undefined && !isAsking) askIn(FIRST_MS)
  })
}

/** To be called by whoever hears from the server, such as a socket that opens. */
export function heardFromServer(): void {
  clearTimeout(timer)
  timer = undefined
  const resolved = [...waiting]
  waiting.clear()
  for (const resolve of resolved) resolve()
}

/** Asks now: somebody is looking. */
export function askServerNow(): void {
  if (waiting.size > 0 && !isAsking) askIn(0)
}

function askIn(delay: number) {
  clearTimeout(timer)
  // Many browsers lose a server in the same moment; they come back one after the other.
  timer = setTimeout(() => void ask(delay || FIRST_MS), delay * (0.75 + Math.random() / 2))
}

async function ask(delay: number) {
  timer = undefined
  isAsking = true
  const isThere = await fetch(PROBE, { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  )
  isAsking = false
  if (isThere) heardFromServer()
  else if (waiting.size > 0) askIn(Math.min(delay * 1.5, MOST_MS))
}

if (typeof addEventListener === 'function') addEventListener('online', askServerNow)
