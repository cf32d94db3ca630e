import { useEffect, useRef } from 'react'

const SETTLE_MS = 250
const AT_LEAST_EVERY_MS = 1_500

/** Asks for `run` once things have calmed down, and at least every so often while they do not. */
export function useSettled(run: () => void): () => void {
  const latest = useRef(run)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const waitingSince = useRef<number | null>(null)
  useEffect(() => {
    latest.current = run
  })
  useEffect(() => () => clearTimeout(timer.current), [])
  return () => {
    waitingSince.current ??= Date.now()
    clearTimeout(timer.current)
    const waited = Date.now() - waitingSince.current
    timer.current = setTimeout(
      () => {
        waitingSince.current = null
        latest.current()
      },
      Math.max(0, Math.min(SETTLE_MS, AT_LEAST_EVERY_MS - waited)),
    )
  }
}
