import { createContext, useContext } from 'react'
import type { Permission } from '@/graphql/generated/schema'
import type { ViewerFragment } from './session.generated'

export type Viewer = ViewerFragment

export interface SessionActions {
  /** Forgets everything this person saw and asks who is signed in. */
  restart: () => void
}

export const ViewerContext = createContext<Viewer | null>(null)
export const SessionContext = createContext<SessionActions>({ restart: () => {} })

/** The signed-in person; only below the session gate. */
export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext)
  if (!viewer) throw new Error('useViewer() outside of a session')
  return viewer
}

export function useCan(permission: Permission): boolean {
  return useViewer().permissions.includes(permission)
}

export function useSession(): SessionActions {
  return useContext(SessionContext)
}
