import type { ReactNode } from 'react'
import styles from './Section.module.css'

interface Props {
  title: string
  /** What it is for, under the title. */
  text?: ReactNode
  actions?: ReactNode
  /** Content that brings its own edges, such as a table. */
  isFlush?: boolean
  children?: ReactNode
}

/** One part of a settings page: words at the left, content in a bordered sheet. */
export function Section({ title, text, actions, isFlush, children }: Props) {
  return (
    <section className={styles.section} aria-label={title}>
      <header className={styles.head}>
        <div className={styles.words}>
          <h2 className={styles.title}>{title}</h2>
          {text && <p className={styles.text}>{text}</p>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children && <div className={isFlush ? styles.flush : styles.sheet}>{children}</div>}
    </section>
  )
}
