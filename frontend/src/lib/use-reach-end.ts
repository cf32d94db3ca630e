import { type RefObject, useEffect, useRef } from 'react'

const AHEAD = '600px'

/** Calls `onReach` when the marked element comes near the visible part. Put it after the last row. */
export function useReachEnd(onReach: () => void): RefObject<HTMLDivElement | null> {
  const end = useRef<HTMLDivElement>(null)
  const latest = useRef(onReach)
  useEffect(() => {
    latest.current = onReach
  })
  useEffect(() => {
    if (!end.current) return
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && latest.current(), { rootMargin: AHEAD })
    observer.observe(end.current)
    return () => observer.disconnect()
  })
  return end
}
