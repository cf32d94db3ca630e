import type { ReactNode } from 'react'
import { classNames } from '@/lib/class-names'
import styles from './Tag.module.css'

/** A word about the thing it stands beside: a state, a team, a role. */
export function Tag({ tone = 'plain', children }: { tone?: 'plain' | 'good' | 'warning' | 'quiet'; children: ReactNode }) {
  return <span className={classNames(styles.tag, styles[tone])}>{children}</span>
}

/** Several tags that wrap. */
export function Tags({ children }: { children: ReactNode }) {
  return <span className={styles.tags}>{children}</span>
}
