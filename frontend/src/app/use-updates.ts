import { useEffect, useRef } from 'react'
import { useClient } from 'urql'
import { SessionDocument } from '@/features/session/session.generated'
import { UpdatesDocument } from './workspace.generated'

/** Keeps names, teams, rules and the like fresh: the cache takes each message in, see graphql/cache.ts. */
export function useUpdates(cursor: string | undefined, refresh: (options: { requestPolicy: 'network-only' }) => void): void {
  const client = useClient()
  const latest = useRef(refresh)
  useEffect(() => {
    latest.current = refresh
  })
  useEffect(() => {
    if (!cursor) return
    const { unsubscribe } = client.subscription(UpdatesDocument, { after: cursor }).subscribe(({ data }) => {
      if (data?.updates.__typename !== 'ResyncRequired') return
      latest.current({ requestPolicy: 'network-only' })
      // The person's own rights may be what changed.
      void client.query(SessionDocument, {}, { requestPolicy: 'network-only' }).toPromise()
    })
    return unsubscribe
  }, [client, cursor])
}
