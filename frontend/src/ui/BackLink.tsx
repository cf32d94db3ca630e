import { ChevronLeft } from 'lucide-react'
import { Link } from 'react-router'
import styles from './BackLink.module.css'

/** The way up from a page that stands below another. */
export function BackLink({ to, children }: { to: string; children: string }) {
  return (
    <Link to={to} className={styles.link}>
      <ChevronLeft size={14} aria-hidden />
      {children}
    </Link>
  )
}
