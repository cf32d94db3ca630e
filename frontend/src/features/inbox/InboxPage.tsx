import { Columns3, Plus, Rows3, ScrollText } from 'lucide-react'
import { type ReactNode, Suspense } from 'react'
import { useParams } from 'react-router'
import { useStrings } from '@/app/i18n/use-strings'
import { useCommandRegistry, useCommands } from '@/commands/use-commands'
import { useCan } from '@/features/session/viewer'
import { lazyPart } from '@/lib/lazy-part'
import { Button } from '@/ui/Button'
import { PartLoading } from '@/ui/Loading'
import { NoRightState, Skeleton } from '@/ui/States'
import { useSearchEntry } from '@/ui/search-entry'
import { Segmented } from '@/ui/Segmented'
import { ColumnMenu } from './ColumnMenu'
import { FilterBar } from './FilterBar'
import styles from './InboxPage.module.css'
import { type InboxQuery, type Layout, writeInboxQuery } from './inbox-query'
import { TicketRows } from './TicketRows'
import { useInboxQuery, useLayoutChoice, useOpenTicket, useRememberedQuery } from './use-inbox-query'
import { useColumnChoice } from './use-list-layout'
import { ViewPicker } from './ViewPicker'

const Kanban = lazyPart(() => import('./Kanban'))
const TicketPanel = lazyPart(() => import('@/features/tickets/TicketPanel'))

/** Three layouts over one query, and the open ticket beside them. */
export default function InboxPage() {
  const canRead = useCan('TICKETS_READ')
  return canRead ? <Inbox /> : <NoRightState />
}

function Inbox() {
  const { key } = useParams()
  const { query, change } = useInboxQuery()
  const { layout, choose } = useLayoutChoice()
  const openTicket = useOpenTicket()
  const { columns, choose: chooseColumns } = useColumnChoice()
  const entry = useSearchEntry()
  useLayoutCommands(choose)
  useRememberedQuery(query)

  return (
    <main id="main" tabIndex={-1} className={styles.page} data-layout={layout} data-open={key ? true : undefined}>
      <section className={styles.list}>
        <InboxHeader query={query} layout={layout} onLayout={choose}>{layout === 'list' && <ColumnMenu columns={columns} onChange={chooseColumns} />}</InboxHeader>
        <FilterBar query={query} onChange={change} onEntry={entry.want} />
        {layout === 'kanban' ? (
          <Suspense fallback={<PartLoading />}>
            <Kanban key={writeInboxQuery(query).toString()} query={query} openKey={key} onOpen={openTicket} wish={entry.wish} />
          </Suspense>
        ) : (
          // Another query is another list: nothing of the old one may be held back.
          <TicketRows key={`${layout}?${writeInboxQuery(query).toString()}`} layout={layout} query={query} onChange={change} openKey={key} onOpen={openTicket} columns={columns} wish={entry.wish} />
        )}
      </section>
      {key && (
        <Suspense fallback={<div className={styles.opening}><PartLoading><Skeleton rows={10} /></PartLoading></div>}>
          <TicketPanel ticketKey={key} onClose={() => openTicket(null)} />
        </Suspense>
      )}
    </main>
  )
}

const LAYOUT_CHOICES = [
  { id: 'list', text: 'inbox.layout.list', icon: Rows3, keys: '1' },
  { id: 'feed', text: 'inbox.layout.feed', icon: ScrollText, keys: '2' },
  { id: 'kanban', text: 'inbox.layout.kanban', icon: Columns3, keys: '3' },
] as const

interface HeaderProps {
  query: InboxQuery
  layout: Layout
  onLayout: (layout: Layout) => void
  children: ReactNode
}

function InboxHeader({ query, layout, onLayout, children }: HeaderProps) {
  const t = useStrings()
  const registry = useCommandRegistry()
  const canWork = useCan('TICKETS_WORK')
  return (
    <header className={styles.header}>
      <ViewPicker query={query} />
      <span className={styles.columns}>{children}</span>
      <Segmented
        label={t('inbox.layout')}
        isCompact
        value={layout}
        onChange={onLayout}
        options={LAYOUT_CHOICES.map((choice) => ({ ...choice, text: t(choice.text) }))}
      />
      {canWork && (
        <span className={styles.create}>
          <Button icon={Plus} size="small" onPress={() => registry.run('ticket.new')}>
            <span className={styles.createText}>{t('tickets.new')}</span>
          </Button>
        </span>
      )}
    </header>
  )
}

function useLayoutCommands(choose: (layout: Layout) => void) {
  useCommands(
    LAYOUT_CHOICES.map(({ id, text, icon, keys }) => ({
      id: `inbox.layout.${id}`,
      label: text,
      group: 'inbox.layout',
      icon,
      keys: [keys],
      run: () => choose(id),
    })),
  )
}
