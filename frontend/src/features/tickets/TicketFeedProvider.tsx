import { type ReactNode, useEffect, useState } from 'react'
import { useClient } from 'urql'
import { useStrings } from '@/app/i18n/use-strings'
import { useLive } from '@/graphql/live-context'
import { showToast } from '@/ui/toasts'
import { createTicketFeed, type FeedMessage, TicketFeedContext, useTicketMessages } from './feed-context'
import { TicketFeedDocument } from './ticket.generated'

interface Props {
  /** Where the snapshot of the shell was taken; undefined until it is known. */
  cursor: string | undefined
  children: ReactNode
}

/** The one subscription to all visible tickets: keeps the cache fresh and tells the screens. */
export function TicketFeedProvider({ cursor, children }: Props) {
  const client = useClient()
  const [feed] = useState(createTicketFeed)
  useEffect(() => {
    if (!cursor) return
    const { unsubscribe } = client.subscription(TicketFeedDocument, { after: cursor }).subscribe(({ data }) => {
      if (data) feed.tell(data.feed)
    })
    return unsubscribe
  }, [client, cursor, feed])
  return (
    <TicketFeedContext value={feed}>
      <ReturnNotice />
      {children}
    </TicketFeedContext>
  )
}

/** Says what came while the connection was lost. */
function ReturnNotice() {
  const t = useStrings()
  const live = useLive()
  useTicketMessages((message: FeedMessage) => {
    if (message.__typename === 'CaughtUp' && message.replayed > 0) {
      showToast({ tone: 'info', text: t('app.connection.replayed', { count: message.replayed }) })
    }
    if (message.__typename === 'ResyncRequired' && live.status.get() === 'catching_up') showToast({ tone: 'info', text: t('app.connection.resynced') })
  })
  return null
}
