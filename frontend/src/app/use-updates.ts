import { useEffect } from 'react'
import { useClient } from 'urql'
import { UpdatesDocument, WorkspaceDocument } from './workspace.generated'

/** Keeps names, teams, rules and the like fresh: the cache takes each message in, see graphql/cache.ts. */
export function useUpdates(cursor: string | undefined): void {
  const client = useClient()
  useEffect(() => {
    if (!cursor) return
    const { unsubscribe } = client.subscription(UpdatesDocument, { after: cursor }).subscribe(({ data }) => {
      if (data?.updates.__typename !== 'ResyncRequired') return
      void client.query(WorkspaceDocument, {}, { requestPolicy: 'network-only' }).toPromise()
    })
    return unsubscribe
  }, [client, cursor])
}
