import { BellOff } from 'lucide-react'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { type VListHandle, Virtualizer } from 'virtua'
import { TimeAgo, useFormats, useStrings } from '@/app/i18n/use-strings'
import { useCommands } from '@/commands/use-commands'
import { ScoreChip } from '@/features/tickets/ScoreChip'
import { groupPhone } from '@/lib/phone-number'
import { Avatar } from '@/ui/Avatar'
import { type EntryWish, useEntryWish } from '@/ui/search-entry'
import { Skeleton } from '@/ui/States'
import styles from './ContactRows.module.css'
import type { ContactListQuery } from './contacts.generated'

type Row = ContactListQuery['contacts']['nodes'][number]

interface Props {
  rows: Row[]
  /** What was searched for. */
  text: string
  wish: EntryWish
  hasMore: boolean
  isLoadingMore: boolean
  onLoadMore: () => void
}

const LOAD_AHEAD_ROWS = 20

/** The list of contacts: thousands of rows, of which only those on the screen exist. */
export function ContactRows({ rows, text, wish, hasMore, isLoadingMore, onLoadMore }: Props) {
  const t = useStrings()
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useRef<VListHandle>(null)
  const cursor = useCursor(rows, (index) => virtualizer.current?.scrollToIndex(index, { align: 'nearest' }))
  const openFirst = useNavigate()
  useEntryWish(wish, text, { open: () => void openFirst(`/contacts/${rows[0]?.id}`), walk: () => scroller.current?.focus() })
  const keptRows = useMemo(() => (cursor.activeIndex >= 0 ? [cursor.activeIndex] : []), [cursor.activeIndex])
  function followScroll() {
    const { scrollTop = 0, clientHeight = 0 } = scroller.current ?? {}
    const end = virtualizer.current?.findItemIndex(scrollTop + clientHeight) ?? 0
    if (hasMore && !isLoadingMore && end > rows.length - LOAD_AHEAD_ROWS) onLoadMore()
  }
  return (
    <div className={styles.frame}>
      <div className={styles.header} aria-hidden>
        <span>{t('contacts.field.name')}</span>
        <span className={styles.email}>{t('contacts.field.email')}</span>
        <span className={styles.phone}>{t('contacts.field.phone')}</span>
        <span className={styles.score}>{t('contacts.field.lastScore')}</span>
        <span className={styles.number}>{t('contacts.field.responses')}</span>
        <span className={styles.number}>{t('contacts.field.openTickets')}</span>
        <span className={styles.when}>{t('contacts.field.since')}</span>
      </div>
      <div
        ref={scroller}
        className={styles.scroller}
        role="grid"
        aria-label={t('contacts.title')}
        aria-rowcount={hasMore ? -1 : rows.length}
        aria-activedescendant={cursor.activeId ? `contact-${cursor.activeId}` : undefined}
        tabIndex={0}
        onScroll={followScroll}
        onKeyDown={cursor.onKeyDown}
        onFocus={cursor.begin}
      >
        {/* The active row exists also out of sight: the grid names it. */}
        <Virtualizer ref={virtualizer} scrollRef={scroller} itemSize={36} data={rows} keepMounted={keptRows}>
          {(row, index) => <ContactRow key={row.id} row={row} index={index} isActive={row.id === cursor.activeId} />}
        </Virtualizer>
        {isLoadingMore && <Skeleton rows={3} />}
      </div>
    </div>
  )
}

function ContactRow({ row, index, isActive }: { row: Row; index: number; isActive: boolean }) {
  const t = useStrings()
  const formats = useFormats()
  const navigate = useNavigate()
  return (
    <div
      id={`contact-${row.id}`}
      role="row"
      aria-rowindex={index + 1}
      aria-selected={isActive}
      className={styles.row}
      data-active={isActive || undefined}
      onClick={() => void navigate(`/contacts/${row.id}`)}
    >
      <div role="gridcell" className={styles.name}>
        <Avatar name={row.name} size={20} />
        <Link to={`/contacts/${row.id}`} tabIndex={-1} onClick={(event) => event.stopPropagation()}>
          {row.name}
        </Link>
        {row.isOptedOut && <BellOff size={13} className={styles.optedOut} aria-label={t('contacts.optedOut')} />}
      </div>
      <div role="gridcell" className={styles.email}>
        {row.email}
      </div>
      <div role="gridcell" className={styles.phone}>
        {row.phone && groupPhone(row.phone)}
      </div>
      <div role="gridcell" className={styles.score}>
        <ScoreChip score={row.lastScore} maximum={row.lastScoreMaximum} scoreClass={row.lastScoreClass} />
      </div>
      <div role="gridcell" className={styles.number}>
        {formats.number(row.responseCount)}
        <span className="visually-hidden"> {t('contacts.field.responses')}</span>
      </div>
      <div role="gridcell" className={styles.number} data-open={row.openTicketCount > 0 || undefined}>
        {formats.number(row.openTicketCount)}
        <span className="visually-hidden"> {t('contacts.field.openTickets')}</span>
      </div>
      <div role="gridcell" className={styles.when}>
        <span className="visually-hidden">{t('contacts.field.since')} </span>
        <TimeAgo at={row.createdAt} />
      </div>
    </div>
  )
}

/** Which row the keyboard is at; arrows and j k move it, Enter opens it. */
function useCursor(rows: Row[], scrollTo: (index: number) => void) {
  const navigate = useNavigate()
  const [activeId, setActiveId] = useState<string | null>(null)
  const index = rows.findIndex(({ id }) => id === activeId)
  function move(step: 1 | -1) {
    const next = Math.min(Math.max(index + step, 0), rows.length - 1)
    const row = rows[next]
    if (!row) return
    setActiveId(row.id)
    scrollTo(next)
  }
  const begin = () => index < 0 && rows[0] && setActiveId(rows[0].id)
  const open = () => index >= 0 && void navigate(`/contacts/${activeId}`)
  useCommands([
    { id: 'contacts.next', label: 'contacts.next', group: 'contacts.title', keys: ['j'], isQuiet: true, run: () => move(1) },
    { id: 'contacts.previous', label: 'contacts.previous', group: 'contacts.title', keys: ['k'], isQuiet: true, run: () => move(-1) },
    { id: 'contacts.open', label: 'contacts.open', group: 'contacts.title', keys: ['Enter', 'o'], isQuiet: true, isEnabled: index >= 0, run: open },
  ])
  function onKeyDown(event: KeyboardEvent) {
    if (event.target !== event.currentTarget) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : null
    if (!step) return
    event.preventDefault()
    move(step)
  }
  return { activeId: index >= 0 ? activeId : null, activeIndex: index, onKeyDown, begin }
}
