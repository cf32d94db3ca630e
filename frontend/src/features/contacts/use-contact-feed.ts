import { useEffect, useState } from 'react'
import { useClient } from 'urql'
import { useSettled } from '@/lib/use-settled'
import { ContactFeedDocument } from './contacts.generated'

/** Calls `onChanged`, once things have calmed down, when a ticket of this contact moves. */
export function useContactFeed(contactId: string, cursor: string, onChanged: () => void): void {
  const client = useClient()
  const settle = useSettled(onChanged)
  // The first cursor only: later ones are kept by the connection.
  const [start] = useState(cursor)
  useEffect(() => {
    const { unsubscribe } = client.subscription(ContactFeedDocument, { contactIds: [contactId], after: start }).subscribe(({ data }) => {
      if (data && data.feed.__typename !== 'CaughtUp') settle()
    })
    return unsubscribe
    // oxlint-disable-next-line react/exhaustive-deps -- settle is new at each render and always does the newest thing
  }, [client, contactId, start])
}
