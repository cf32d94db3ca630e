import { createContext, useContext } from 'react'
import type { StatusFragment, WorkspaceQuery } from './workspace.generated'

export interface Workspace {
  organisation: WorkspaceQuery['organisation']
  /** By position, as the kanban shows them. */
  statuses: StatusFragment[]
}

export const WorkspaceContext = createContext<Workspace | null>(null)

/** What every screen of a signed-in person needs to know of the organisation. */
export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext)
  if (!workspace) throw new Error('useWorkspace() outside of the shell')
  return workspace
}
