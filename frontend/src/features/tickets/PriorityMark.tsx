import type { TicketPriority } from '@/graphql/generated/schema'
import styles from './PriorityMark.module.css'

const BARS: Record<TicketPriority, number> = { LOW: 1, MEDIUM: 2, HIGH: 3 }

/** One to three bars. */
export function PriorityMark({ priority }: { priority: TicketPriority }) {
  return (
    <svg className={styles.mark} data-priority={priority} width="14" height="14" viewBox="0 0 14 14" aria-hidden>
      {[0, 1, 2].map((bar) => (
        <rect key={bar} x={1 + bar * 4.4} y={9 - bar * 3.5} width="3" height={4 + bar * 3.5} rx="1" opacity={bar < BARS[priority] ? 1 : 0.24} />
      ))}
    </svg>
  )
}
