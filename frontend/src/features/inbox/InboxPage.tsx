import { Columns3, Rows3, ScrollText } from 'lucide-react'
import { lazy, type ReactNode, Suspense } from 'react'
import { useParams } from 'react-router'
import { useStrings } from '@/app/i18n/use-strings'
import { useCommands } from '@/commands/use-commands'
import { useCan } from '@/features/session/viewer'
import { NoRightState, Skeleton } from '@/ui/States'
import { Segmented } from '@/ui/Segmented'
import { ColumnMenu } from './ColumnMenu'
import { FilterBar } from './FilterBar'
import styles from './InboxPage.module.css'
import { type Layout, writeInboxQuery } from './inbox-query'
import { TicketRows } from './TicketRows'
import { useInboxQuery, useLayoutChoice, useOpenTicket, useRememberedQuery } from './use-inbox-query'
import { useColumnChoice } from './use-list-layout'
import { ViewPicker } from './ViewPicker'

const Kanban = lazy(() => import('./Kanban'))
const TicketPanel = lazy(() => import('@/features/tickets/TicketPanel'))

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
  useLayoutCommands(choose)
  useRememberedQuery(query)

  return (
    <main id="main" tabIndex={-1} className={styles.page} data-layout={layout} data-open={key ? true : undefined}>
      <section className={styles.list}>
        <InboxHeader layout={layout} onLayout={choose}>{layout === 'list' && <ColumnMenu columns={columns} onChange={chooseColumns} />}</InboxHeader>
        <FilterBar query={query} onChange={change} />
        {layout === 'kanban' ? (
          <Suspense fallback={<Skeleton />}>
            <Kanban query={query} openKey={key} onOpen={openTicket} />
          </Suspense>
        ) : (
          // Another query is another list: nothing of the old one may be held back.
          <TicketRows key={`${layout}?${writeInboxQuery(query).toString()}`} layout={layout} query={query} onChange={change} openKey={key} onOpen={openTicket} columns={columns} />
        )}
      </section>
      {key && (
        <Suspense fallback={<div className={styles.opening}><Skeleton rows={10} /></div>}>
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

function InboxHeader({ layout, onLayout, children }: { layout: Layout; onLayout: (layout: Layout) => void; children: ReactNode }) {
  const t = useStrings()
  return (
    <header className={styles.header}>
      <ViewPicker />
      <span className={styles.columns}>{children}</span>
      <Segmented
        label={t('inbox.layout')}
        isCompact
        value={layout}
        onChange={onLayout}
        options={LAYOUT_CHOICES.map((choice) => ({ ...choice, text: t(choice.text) }))}
      />
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
