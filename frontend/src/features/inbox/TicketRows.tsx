import { Inbox, ListFilter, PartyPopper } from 'lucide-react'
import { type CSSProperties, useEffect, useMemo, useRef, useState } from 'react'
import { type VListHandle, Virtualizer } from 'virtua'
import { useStrings } from '@/app/i18n/use-strings'
import { classNames } from '@/lib/class-names'
import { Button } from '@/ui/Button'
import { type EntryWish, useEntryWish } from '@/ui/search-entry'
import { EmptyState, ErrorState, Skeleton } from '@/ui/States'
import { FeedItem } from './FeedItem'
import { DEFAULT_ORDER, type InboxQuery, isNarrowed, type Layout, NOTHING_NARROWED } from './inbox-query'
import type { Column } from './list-columns'
import { ListHeader } from './ListHeader'
import { ListRow } from './ListRow'
import listStyles from './ListRow.module.css'
import type { Row } from './merge-rows'
import { NewRowsPill, useShowNewCommand } from './NewRowsPill'
import type { Place } from './row-place'
import type { TicketList, TicketListState } from './ticket-list'
import styles from './TicketRows.module.css'
import { useHeldRows } from './use-held-rows'
import { useInboxFilter } from './use-inbox-filter'
import { useListLayout } from './use-list-layout'
import { usePointerInside } from './use-pointer-inside'
import { usePlace, useRowCursor } from './use-row-cursor'
import { useTicketList } from './use-ticket-list'
import { useInboxTitle } from './use-inbox-title'

interface Props {
  layout: Exclude<Layout, 'kanban'>
  query: InboxQuery
  onChange: (change: Partial<InboxQuery>) => void
  openKey: string | undefined
  onOpen: (key: string | null) => void
  /** What the list shows, as far as there is room. */
  columns: readonly Column[]
  /** What the search field wants of the rows. */
  wish: EntryWish
}

const LATE_AGAIN_AFTER_MS = 60_000

/** List and feed: the same live rows, drawn densely or as a conversation. */
export function TicketRows(props: Props) {
  const { layout, query, onChange } = props
  const filter = useInboxFilter(query)
  const { list, state } = useTicketList(filter, layout === 'feed' ? DEFAULT_ORDER : query.order)
  // Tickets become late by themselves: no event tells of it.
  useRefreshEvery(filter.late ? LATE_AGAIN_AFTER_MS : null, list.refresh)
  const isEmpty = state.rows.length === 0
  if (state.error && isEmpty) return <ErrorState error={state.error} onRetry={list.refresh} />
  if (state.isLoading) return <Skeleton rows={14} rowHeight={layout === 'feed' ? 72 : 36} />
  return <LiveRows {...props} list={list} state={state} whenEmpty={<NothingHere query={query} onChange={onChange} />} />
}

function useRefreshEvery(milliseconds: number | null, refresh: () => void) {
  useEffect(() => {
    if (milliseconds === null) return
    const timer = setInterval(refresh, milliseconds)
    return () => clearInterval(timer)
  }, [milliseconds, refresh])
}

interface LiveProps extends Props {
  list: TicketList
  state: TicketListState
  whenEmpty: React.ReactNode
}

function LiveRows({ layout, query, onChange, openKey, onOpen, columns, wish, list, state, whenEmpty }: LiveProps) {
  const isFeed = layout === 'feed'
  const title = useInboxTitle(query)
  const { ref: frame, layout: listLayout } = useListLayout(columns)
  const reading = useReading(state.rows, list, openKey)
  const { rows, scroller, virtualizer } = reading
  const cursor = useRowCursor({ rows, place: reading.place, setPlace: reading.setPlace, openKey, onOpen, reveal: (place) => reading.reveal(place, isFeed) })
  const keptRows = useMemo(() => (cursor.activeIndex >= 0 ? [cursor.activeIndex] : []), [cursor.activeIndex])
  useEntryWish(wish, query.text, { open: cursor.openFirst, walk: cursor.begin })
  useShowNewCommand(reading.waiting, reading.showNew)

  if (rows.length === 0) return whenEmpty
  return (
    <div
      ref={frame}
      className={isFeed ? styles.frame : classNames(styles.frame, listStyles.list)}
      data-density={listLayout.density}
      style={{ '--list-columns': listLayout.tracks } as CSSProperties}
      {...reading.pointer}
    >
      {!isFeed && <ListHeader columns={listLayout.columns} order={query.order} onOrder={(order) => onChange({ order })} />}
      <NewRowsPill count={reading.waiting} onPress={reading.showNew} />
      <div
        ref={scroller}
        className={styles.scroller}
        role={isFeed ? 'feed' : 'grid'}
        aria-label={title}
        aria-rowcount={isFeed ? undefined : state.hasMore ? -1 : rows.length}
        aria-activedescendant={!isFeed && cursor.activeId ? `row-${cursor.activeId}` : undefined}
        tabIndex={isFeed && cursor.activeId ? -1 : 0}
        onScroll={reading.followScroll}
        onKeyDown={cursor.onKeyDown}
        onFocus={cursor.onFocus}
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
              isGone: reading.gone.has(row.id),
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

const LOAD_AHEAD_ROWS = 30

/** What keeps the rows still (pointer, place, scroll), and how the reader gets about in them. */
function useReading(live: Row[], list: TicketList, openKey: string | undefined) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useRef<VListHandle>(null)
  const [isScrolled, setScrolled] = useState(false)
  const { isInside, handlers: pointer } = usePointerInside()
  const { place, setPlace } = usePlace(live, openKey)
  const keepsGone = isInside || isScrolled
  const held = useHeldRows(live, { isHeld: keepsGone || place !== null, keepsGone, activeId: place?.id ?? null, compare: list.compare })

  function followScroll() {
    const { scrollTop = 0, clientHeight = 0 } = scroller.current ?? {}
    setScrolled(scrollTop > 4)
    const end = virtualizer.current?.findItemIndex(scrollTop + clientHeight) ?? 0
    if (end > held.rows.length - LOAD_AHEAD_ROWS) list.loadMore()
  }
  function showNew() {
    held.release()
    scroller.current?.scrollTo({ top: 0 })
  }
  function reveal({ id, index }: Place, isFeed: boolean) {
    virtualizer.current?.scrollToIndex(index, { align: 'nearest' })
    // A grid names its row; a feed has its articles focused one by one, once they are there.
    if (!isFeed) scroller.current?.focus({ preventScroll: true })
    else requestAnimationFrame(() => document.getElementById(`row-${id}`)?.focus({ preventScroll: true }))
  }
  return { ...held, place, setPlace, scroller, virtualizer, pointer, followScroll, showNew, reveal }
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
