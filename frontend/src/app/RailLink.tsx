import type { LucideIcon } from 'lucide-react'
import { NavLink } from 'react-router'
import { classNames } from '@/lib/class-names'
import styles from './Rail.module.css'
import { useFormats } from './i18n/use-strings'

interface Props {
  to: string
  icon: LucideIcon
  text: string
  count?: number
  /** For links that differ by more than their path; otherwise the router decides. */
  isCurrent?: boolean
  /** A count that should not grow, such as late tickets. */
  isUrgent?: boolean
}

export function RailLink({ to, icon: Icon, text, count, isCurrent, isUrgent }: Props) {
  const formats = useFormats()
  return (
    <li>
      <NavLink
        to={to}
        title={text}
        aria-current={isCurrent === undefined ? undefined : isCurrent ? 'page' : false}
        className={({ isActive }) => classNames(styles.link, (isCurrent ?? isActive) && styles.current)}
      >
        <Icon size={16} aria-hidden />
        <span className={styles.linkText}>{text}</span>
        {count !== undefined && (
          <span className={classNames(styles.count, isUrgent && count > 0 && styles.urgent)}>{formats.number(count)}</span>
        )}
      </NavLink>
    </li>
  )
}
