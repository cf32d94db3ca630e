import type { ReactNode } from 'react'
import styles from './SideSection.module.css'

interface Props {
  title: string
  level?: 2 | 3
  /** Said where there is nothing to show. */
  empty?: string | false
  /** At the end of the title's line. */
  action?: ReactNode
  children?: ReactNode
}

/** One part of what stands at the side of a customer. */
export function SideSection({ title, level = 3, empty, action, children }: Props) {
  const Heading = `h${level}` as const
  return (
    <section className={styles.section}>
      <header className={styles.head}>
        <Heading className={styles.title}>{title}</Heading>
        {action}
      </header>
      {empty && <p className={styles.empty}>{empty}</p>}
      {children}
    </section>
  )
}
