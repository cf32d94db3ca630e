import { CloudOff, Lock, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import type { CombinedError } from 'urql'
import { useStrings } from '@/app/i18n/use-strings'
import { Button } from './Button'
import styles from './States.module.css'

interface EmptyProps {
  icon: LucideIcon
  title: string
  text?: string
  action?: ReactNode
}

/** Nothing here, and why, and what to do about it. */
export function EmptyState({ icon: Icon, title, text, action }: EmptyProps) {
  return (
    <div className={styles.state}>
      <Icon size={24} strokeWidth={1.5} aria-hidden />
      <p className={styles.title}>{title}</p>
      {text && <p className={styles.text}>{text}</p>}
      {action}
    </div>
  )
}

interface ErrorProps {
  error: CombinedError
  onRetry: () => void
}

/** A read that failed. */
export function ErrorState({ error, onRetry }: ErrorProps) {
  const t = useStrings()
  const isUnreachable = Boolean(error.networkError)
  return (
    <div role="alert" className={styles.state}>
      <CloudOff size={24} strokeWidth={1.5} aria-hidden />
      <p className={styles.title}>{t(isUnreachable ? 'app.error.unreachable' : 'app.error.title')}</p>
      <p className={styles.text}>{isUnreachable ? t('app.error.unreachable.text') : error.graphQLErrors[0]?.message}</p>
      <Button onPress={onRetry}>{t('app.retry')}</Button>
    </div>
  )
}

/** A state that is all there is on the screen, in its middle. */
export function ScreenState({ children }: { children: ReactNode }) {
  return (
    <main id="main" tabIndex={-1} className={styles.screen}>
      {children}
    </main>
  )
}

/** A whole screen that could not be read. */
export function ErrorScreen(props: ErrorProps) {
  return (
    <ScreenState>
      <ErrorState {...props} />
    </ScreenState>
  )
}

/** A whole screen for people without the right to it. */
export function NoRightState() {
  const t = useStrings()
  return (
    <ScreenState>
      <EmptyState icon={Lock} title={t('app.noRight')} text={t('app.noRight.text')} />
    </ScreenState>
  )
}

/** Grey lines in the shape of what is coming. */
export function Skeleton({ rows = 8, rowHeight = 36 }: { rows?: number; rowHeight?: number }) {
  const t = useStrings()
  return (
    <div className={styles.skeleton} role="status" aria-label={t('app.loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={styles.skeletonRow} style={{ height: rowHeight }}>
          <span style={{ width: `${30 + ((row * 37) % 45)}%` }} />
        </div>
      ))}
    </div>
  )
}
