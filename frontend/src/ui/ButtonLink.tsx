import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { classNames } from '@/lib/class-names'
import styles from './Button.module.css'

/** Looks like a button, goes somewhere. */
export function ButtonLink({ to, size = 'normal', children }: { to: string; size?: 'small' | 'normal'; children: ReactNode }) {
  return (
    <Link to={to} className={classNames(styles.button, styles.link, styles.secondary, styles[size])}>
      {children}
    </Link>
  )
}
