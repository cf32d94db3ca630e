import { History } from 'lucide-react'
import { useState } from 'react'
import { useTimeZone } from '@/app/i18n/time-zone'
import { useFormats, useLocale, useStrings } from '@/app/i18n/use-strings'
import type { PagedList, PagedListState } from '@/graphql/paged-list'
import { Button } from '@/ui/Button'
import { LoadMore } from '@/ui/LoadMore'
import { EmptyState, ErrorState, Skeleton } from '@/ui/States'
import { ToggleChips } from '@/ui/ToggleChips'
import type { TimelineEventFragment } from './contacts.generated'
import { byDay, type TimelineTopic, TOPICS } from './timeline-entry'
import styles from './Timeline.module.css'
import { TimelineItem } from './TimelineItem'

interface Props {
  list: PagedList<TimelineEventFragment>
  state: PagedListState<TimelineEventFragment>
  topics: ReadonlySet<TimelineTopic>
  onTopics: (topics: ReadonlySet<TimelineTopic>) => void
}

/** Everything that happened to one customer, newest first. */
export function Timeline({ list, state, topics, onTopics }: Props) {
  const t = useStrings()
  return (
    <section aria-label={t('contacts.timeline')}>
      <header className={styles.head}>
        <h2 className={styles.title}>{t('contacts.timeline')}</h2>
        <ToggleChips
          label={t('contacts.timeline.filter')}
          options={TOPICS.map((id) => ({ id, text: t(`contacts.timeline.topic.${id}`) }))}
          chosen={topics}
          onChange={onTopics}
        />
      </header>
      {state.isLoading && <Skeleton rows={6} rowHeight={44} />}
      {state.error && state.nodes.length === 0 && <ErrorState error={state.error} onRetry={list.refresh} />}
      {!state.isLoading && !state.error && state.nodes.length === 0 && (
        <EmptyState
          icon={History}
          title={t(topics.size > 0 ? 'contacts.timeline.none' : 'contacts.timeline.empty')}
          action={topics.size > 0 && <Button onPress={() => onTopics(new Set())}>{t('contacts.timeline.all')}</Button>}
        />
      )}
      <Days events={state.nodes} />
      {state.isLoadingMore && <Skeleton rows={3} rowHeight={44} />}
      {state.hasMore && <LoadMore onReach={list.loadMore} />}
    </section>
  )
}

function Days({ events }: { events: TimelineEventFragment[] }) {
  const dayOf = useDayNames()
  return byDay(events, dayOf).map(({ day, events: ofDay }) => (
    <section key={day} aria-label={day}>
      <h3 className={styles.day}>{day}</h3>
      <ol>
        {ofDay.map((event) => (
          <TimelineItem key={event.id} event={event} />
        ))}
      </ol>
    </section>
  ))
}

/** "Today", "Yesterday", then the date. */
function useDayNames(): (at: string) => string {
  const locale = useLocale()
  const formats = useFormats()
  const [now] = useState(Date.now)
  const timeZone = useTimeZone()
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  // Written year first, a day can be counted from.
  const calendar = new Intl.DateTimeFormat('en-CA', { timeZone })
  const dayNumber = (at: number) => Date.parse(calendar.format(at)) / 86_400_000
  return (at) => {
    const days = dayNumber(Date.parse(at)) - dayNumber(now)
    const name = days >= -1 ? relative.format(Math.min(days, 0), 'day') : formats.date(at)
    return name.charAt(0).toUpperCase() + name.slice(1)
  }
}
