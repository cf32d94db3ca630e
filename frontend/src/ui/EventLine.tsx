import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './EventLine.module.css'

interface Props {
  icon: LucideIcon
  when: ReactNode
  isAlarming?: boolean
  children: ReactNode
}

/** One thing that happened, on the line that joins it to the next. */
export function EventLine({ icon: Icon, when, isAlarming, children }: Props) {
  return (
    <li className={styles.line}>
      <span className={styles.icon} data-alarming={isAlarming || undefined}>
        <Icon size={14} aria-hidden />
      </span>
      <div className={styles.story}>{children}</div>
      <span className={styles.when}>{when}</span>
    </li>
  )
}
