import { useStore, createStore } from './store'

const TICK_MS = 15_000
const clock = createStore(Date.now())
let timer: ReturnType<typeof setInterval> | undefined

function followClock(listener: () => void): () => void {
  if (timer === undefined) {
    clock.set(Date.now())
    timer = setInterval(() => clock.set(Date.now()), TICK_MS)
  }
  followers += 1
  const stop = clock.subscribe(listener)
  return () => {
    stop()
    followers -= 1
    if (followers > 0) return
    clearInterval(timer)
    timer = undefined
  }
}
let followers = 0

/** The present, moved every 15 s for all components together. Milliseconds since 1970. */
export function useNow(): number {
  return useStore({ ...clock, subscribe: followClock })
}
