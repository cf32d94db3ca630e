import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from '@/lib/class-names'
import styles from './Notice.module.css'

const ICONS = { info: Info, warning: TriangleAlert, danger: CircleAlert }

/** Something to know about what stands below it. `action` is the way out. */
export function Notice({ tone, children, action }: { tone: 'info' | 'warning' | 'danger'; children: ReactNode; action?: ReactNode }) {
  const Icon = ICONS[tone]
  return (
    <div className={classNames(styles.notice, styles[tone])} role={tone === 'danger' ? 'alert' : 'status'}>
      <Icon size={16} aria-hidden />
      <div className={styles.text}>{children}</div>
      {action}
    </div>
  )
}
