import { Clock } from 'lucide-react'
import { useFormats, useStrings } from '@/app/i18n/use-strings'
import { useNow } from '@/lib/now'
import { dueClock } from './due-clock'
import styles from './DueTime.module.css'

/** The live clock to the next escalation. */
export function DueTime({ at }: { at: string | null | undefined }) {
  const t = useStrings()
  const formats = useFormats()
  const clock = dueClock(at, useNow())
  if (!clock || !at) return null
  const duration = formats.duration(clock.distance)
  return (
    <time className={styles.due} dateTime={at} title={formats.dateTime(at)} data-state={clock.isOverdue ? 'overdue' : clock.isSoon ? 'soon' : undefined}>
      <Clock size={14} aria-hidden />
      {t(clock.isOverdue ? 'tickets.due.over' : 'tickets.due.in', { duration })}
    </time>
  )
}
