import type { StatusCategory } from '@/graphql/generated/schema'
import styles from './StatusMark.module.css'

interface Props {
  category: StatusCategory
  /** Tells the base statuses of one category apart. */
  statusKey?: string
  size?: number
}

/** The sign of a status category: a shape of its own, so that its colour is never needed. */
export function StatusMark({ category, statusKey, size = 14 }: Props) {
  return (
    <svg className={styles.mark} data-category={category} width={size} height={size} viewBox="0 0 14 14" aria-hidden>
      {statusKey === 'in_progress' ? IN_PROGRESS : SHAPES[category]}
    </svg>
  )
}

const ring = <circle cx="7" cy="7" r="5.6" fill="none" stroke="currentColor" strokeWidth="1.6" />

const IN_PROGRESS = (
  <>
    {ring}
    <path d="M7 3.6a3.4 3.4 0 0 1 0 6.8z" fill="currentColor" />
  </>
)

const SHAPES: Record<StatusCategory, React.ReactNode> = {
  NEW: (
    <>
      <circle cx="7" cy="7" r="5.6" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2.1 1.42" />
      <circle cx="7" cy="7" r="1.8" fill="currentColor" />
    </>
  ),
  OPEN: ring,
  PENDING: (
    <>
      {ring}
      <path d="M5.6 5v4M8.4 5v4" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
    </>
  ),
  ESCALATED: (
    <>
      <path d="M7 .9 13.6 12.6H.4z" fill="currentColor" stroke="currentColor" strokeWidth=".8" strokeLinejoin="round" />
      <path d="M7 5v3.4M7 10.3v.2" stroke="var(--surface)" strokeWidth="1.5" strokeLinecap="round" />
    </>
  ),
  RESOLVED: (
    <>
      <circle cx="7" cy="7" r="6.4" fill="currentColor" />
      <path d="m4.3 7.2 1.9 1.9 3.6-3.9" fill="none" stroke="var(--surface)" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round" />
    </>
  ),
  CLOSED: (
    <>
      <rect x="1.2" y="1.2" width="11.6" height="11.6" rx="3" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="m4.4 7.1 1.8 1.8 3.4-3.6" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" />
    </>
  ),
}
