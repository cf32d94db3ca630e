import { SearchX } from 'lucide-react'
import { useState } from 'react'
import { useQuery } from 'urql'
import { useStrings } from '@/app/i18n/use-strings'
import { useCommands } from '@/commands/use-commands'
import { classNames } from '@/lib/class-names'
import { Button } from '@/ui/Button'
import { EmptyState, ErrorState, Skeleton } from '@/ui/States'
import { TabPanel, Tabs } from '@/ui/Tabs'
import { Activity } from './Activity'
import { ConflictNotice } from './ConflictNotice'
import { Conversation } from './Conversation'
import { CustomerCard } from './CustomerCard'
import { useTicketMessages } from './feed-context'
import { ResponseAnswers } from './ResponseAnswers'
import { useIsBesideList } from './ticket-address'
import { TicketPanelDocument, type TicketPanelQuery } from './ticket.generated'
import { titleOf } from './ticket-title'
import { TicketActs, useOfferedActs } from './TicketActs'
import { TicketHeader } from './TicketHeader'
import styles from './TicketPanel.module.css'
import { useSettled } from '@/lib/use-settled'
import { usePresence } from './use-presence'
import { useTicketWrites } from './use-ticket-writes'

interface Props {
  ticketKey: string
  onClose: () => void
}

export type PanelTicket = NonNullable<TicketPanelQuery['ticketByKey']>
type Tab = 'conversation' | 'response' | 'activity' | 'customer'

/** One ticket: its work in the middle, its customer at the right. */
export default function TicketPanel({ ticketKey, onClose }: Props) {
  const t = useStrings()
  const [{ data, error, fetching }, refresh] = useQuery({ query: TicketPanelDocument, variables: { key: ticketKey }, requestPolicy: 'cache-and-network' })
  const ticket = data?.ticketByKey
  const isBesideList = useIsBesideList()
  const refreshSoon = useSettled(() => refresh({ requestPolicy: 'network-only' }))
  useTicketMessages((message) => {
    const isMine = message.__typename === 'TicketChanged' && message.ticket.key === ticketKey
    const isGone = message.__typename === 'TicketLeft' && message.id === ticket?.id
    if (isMine || isGone || message.__typename === 'ResyncRequired') refreshSoon()
  })
  useCommands([{ id: 'ticket.hide', label: 'tickets.close', group: 'tickets.group', keys: ['Escape'], isQuiet: true, run: onClose }])

  if (ticket && ticket.key === ticketKey) return <OpenTicket key={ticket.id} ticket={ticket} onClose={onClose} onWritten={refreshSoon} />
  return (
    <section className={classNames(styles.panel, styles.bare)} aria-label={t('tickets.title', { key: ticketKey })} aria-busy={fetching}>
      <title>{`${t('tickets.title', { key: ticketKey })} · Boucle`}</title>
      <h1 className={classNames('visually-hidden', isBesideList && styles.pageTitle)}>{t('tickets.title', { key: ticketKey })}</h1>
      {error && !data ? (
        <ErrorState error={error} onRetry={() => refresh({ requestPolicy: 'network-only' })} />
      ) : fetching ? (
        <Skeleton rows={10} />
      ) : (
        <EmptyState
          icon={SearchX}
          title={t('tickets.notFound', { key: ticketKey })}
          text={t('tickets.notFound.text')}
          action={<Button onPress={onClose}>{t('app.close')}</Button>}
        />
      )}
    </section>
  )
}

interface OpenProps {
  ticket: PanelTicket
  onClose: () => void
  /** After a write: reads what the feed would bring, for the times without a feed. */
  onWritten: () => void
}

function OpenTicket({ ticket, onClose, onWritten }: OpenProps) {
  const t = useStrings()
  const [tab, setTab] = useState<Tab>('conversation')
  const writes = useTicketWrites(ticket)
  const presence = usePresence(ticket.id)
  const { acts, questions } = useOfferedActs(ticket, writes)
  const isBesideList = useIsBesideList()
  const tabs = [
    { id: 'conversation' as const, text: t('tickets.tab.conversation'), count: ticket.comments.totalCount },
    { id: 'response' as const, text: t('tickets.tab.response') },
    { id: 'activity' as const, text: t('tickets.tab.activity') },
    { id: 'customer' as const, text: t('tickets.tab.customer'), className: styles.customerTab },
  ]
  return (
    <section className={styles.panel} aria-label={t('tickets.title', { key: ticket.key })}>
      <title>{`${ticket.key} ${titleOf(ticket)} · Boucle`}</title>
      {isBesideList && <h1 className={classNames('visually-hidden', styles.pageTitle)}>{t('tickets.title', { key: ticket.key })}</h1>}
      <div className={styles.work}>
        <TicketHeader ticket={ticket} writes={writes} people={presence.people} onClose={onClose} onComment={() => setTab('conversation')} />
        <div className={styles.ownRow}>
          <TicketActs acts={acts} />
        </div>
        <ConflictNotice ticket={ticket} writes={writes} />
        <Tabs label={t('tickets.tabs')} tabs={tabs} value={tab} onChange={setTab} end={<div className={styles.besideTabs}><TicketActs acts={acts} /></div>}>
          <TabPanel id="conversation">
            <Conversation ticket={ticket} onWritten={onWritten} onWriting={presence.write} onStopped={presence.stopWriting} />
          </TabPanel>
          <TabPanel id="response">
            <ResponseAnswers ticket={ticket} />
          </TabPanel>
          <TabPanel id="activity">
            <Activity ticketKey={ticket.key} />
          </TabPanel>
          <TabPanel id="customer">
            <CustomerCard ticket={ticket} writes={writes} />
          </TabPanel>
        </Tabs>
        {questions}
      </div>
      <aside className={styles.customer} aria-label={t('tickets.customer')}>
        <CustomerCard ticket={ticket} writes={writes} />
      </aside>
    </section>
  )
}
