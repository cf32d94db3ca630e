import { Inbox, ListFilter, PartyPopper } from 'lucide-react'
import { type CSSProperties, useMemo, useRef, useState } from 'react'
import { type VListHandle, Virtualizer } from 'virtua'
import { useStrings } from '@/app/i18n/use-strings'
import { classNames } from '@/lib/class-names'
import { Button } from '@/ui/Button'
import { EmptyState, ErrorState, Skeleton } from '@/ui/States'
import { FeedItem } from './FeedItem'
import { type InboxQuery, isNarrowed, type Layout, NOTHING_NARROWED, ticketFilter, DEFAULT_ORDER } from './inbox-query'
import type { Column } from './list-columns'
import { ListHeader } from './ListHeader'
import { ListRow } from './ListRow'
import listStyles from './ListRow.module.css'
import { NewRowsPill } from './NewRowsPill'
import styles from './TicketRows.module.css'
import { useHeldRows } from './use-held-rows'
import { useListLayout } from './use-list-layout'
import { useRowCursor } from './use-row-cursor'
import { useTicketList } from './use-ticket-list'

interface Props {
  layout: Exclude<Layout, 'kanban'>
  query: InboxQuery
  onChange: (change: Partial<InboxQuery>) => void
  openKey: string | undefined
  onOpen: (key: string | null) => void
  /** What the list shows, as far as there is room. */
  columns: readonly Column[]
}

const LOAD_AHEAD_ROWS = 30

/** List and feed: the same live rows, drawn densely or as a conversation. */
export function TicketRows({ layout, query, onChange, openKey, onOpen, columns }: Props) {
  const t = useStrings()
  const { ref: frame, layout: listLayout } = useListLayout(columns)
  const filter = useMemo(() => ticketFilter(query), [query])
  const { list, state } = useTicketList(filter, layout === 'feed' ? DEFAULT_ORDER : query.order)
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useRef<VListHandle>(null)
  const [isReading, setReading] = useState(false)
  const held = useHeldRows(state.rows, isReading, list.compare)
  const rows = held.rows
  const cursor = useRowCursor({ rows, openKey, onOpen, scrollTo: (index) => virtualizer.current?.scrollToIndex(index, { align: 'nearest' }) })

  const keptRows = useMemo(() => (cursor.activeIndex >= 0 ? [cursor.activeIndex] : []), [cursor.activeIndex])

  function followScroll() {
    setReading((scroller.current?.scrollTop ?? 0) > 4)
    const end = virtualizer.current?.findItemIndex((scroller.current?.scrollTop ?? 0) + (scroller.current?.clientHeight ?? 0)) ?? 0
    if (end > rows.length - LOAD_AHEAD_ROWS) list.loadMore()
  }
  function showNew() {
    held.release()
    scroller.current?.scrollTo({ top: 0 })
  }

  if (state.error && rows.length === 0) return <ErrorState error={state.error} onRetry={list.refresh} />
  if (state.isLoading) return <Skeleton rows={14} rowHeight={layout === 'feed' ? 72 : 36} />
  if (rows.length === 0) return <NothingHere query={query} onChange={onChange} />
  const isFeed = layout === 'feed'
  return (
    <div ref={frame} className={isFeed ? styles.frame : classNames(styles.frame, listStyles.list)} data-density={listLayout.density} style={{ '--list-columns': listLayout.tracks } as CSSProperties}>
      {!isFeed && <ListHeader columns={listLayout.columns} order={query.order} onOrder={(order) => onChange({ order })} />}
      <NewRowsPill count={held.waiting} onPress={showNew} />
      <div
        ref={scroller}
        className={styles.scroller}
        role={isFeed ? 'feed' : 'grid'}
        aria-label={t(`inbox.view.${query.view}`)}
        aria-rowcount={isFeed ? undefined : state.hasMore ? -1 : rows.length}
        aria-activedescendant={!isFeed && cursor.activeId ? `row-${cursor.activeId}` : undefined}
        tabIndex={0}
        onScroll={followScroll}
        onKeyDown={cursor.onKeyDown}
      >
        {/* The active row exists also out of sight: the grid names it. */}
        <Virtualizer ref={virtualizer} scrollRef={scroller} itemSize={isFeed ? 76 : 36} data={rows} keepMounted={keptRows}>
          {(row, index) => {
            const shared = {
              row,
              index,
              isActive: row.id === cursor.activeId,
              isOpen: row.key === openKey,
              isFresh: state.fresh.has(row.id),
              onOpen,
            }
            return isFeed ? <FeedItem key={row.id} {...shared} /> : <ListRow key={row.id} columns={listLayout.columns} {...shared} />
          }}
        </Virtualizer>
        {state.isLoadingMore && <Skeleton rows={3} />}
      </div>
    </div>
  )
}

function NothingHere({ query, onChange }: Pick<Props, 'query' | 'onChange'>) {
  const t = useStrings()
  if (isNarrowed(query))
    return (
      <EmptyState
        icon={ListFilter}
        title={t('inbox.empty.filtered')}
        text={t('inbox.empty.filtered.text')}
        action={<Button onPress={() => onChange(NOTHING_NARROWED)}>{t('inbox.filter.clear')}</Button>}
      />
    )
  return <EmptyState icon={query.view === 'all' ? Inbox : PartyPopper} title={t(`inbox.empty.${query.view}`)} text={t(`inbox.empty.${query.view}.text`)} />
}
