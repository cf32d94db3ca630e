import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { classNames } from '@/lib/class-names'
import styles from './Button.module.css'

/** Looks like a button, goes somewhere. */
export function ButtonLink({ to, look = 'secondary', children }: { to: string; look?: 'primary' | 'secondary' | 'quiet'; children: ReactNode }) {
  return (
    <Link to={to} className={classNames(styles.button, styles[look])}>
      {children}
    </Link>
  )
}
