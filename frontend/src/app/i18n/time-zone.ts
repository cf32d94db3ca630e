import { createStore, useStore } from '@/lib/store'

/** The zone of the person's profile; undefined before anybody has signed in: the browser's. */
const zone = createStore<string | undefined>(undefined)

export const setTimeZone = zone.set

export function useTimeZone(): string | undefined {
  return useStore(zone)
}
