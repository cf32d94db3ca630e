import { useSyncExternalStore } from 'react'

/** Whether a media query holds, where style alone cannot say it: what does not fit is not there at all. */
export function useMedia(query: string): boolean {
  const media = matchMedia(query)
  return useSyncExternalStore(
    (listener) => {
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    () => media.matches,
  )
}
