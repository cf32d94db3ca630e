import { CircleAlert, CloudOff, Lock, type LucideIcon } from 'lucide-react'
import { createContext, type ReactNode, useContext } from 'react'
import type { CombinedError } from 'urql'
import { useStrings } from '@/app/i18n/use-strings'
import { askServerNow } from '@/lib/server-watch'
import { Button } from './Button'
import { ButtonLink } from './ButtonLink'
import styles from './States.module.css'

interface EmptyProps {
  icon: LucideIcon
  title: string
  text?: string
  action?: ReactNode
}

/** Whether a state is all there is on its screen: then its title is the screen's. */
const StandsAlone = createContext(false)

function StateTitle({ children }: { children: string }) {
  const Heading = useContext(StandsAlone) ? 'h1' : 'p'
  return <Heading className={styles.title}>{children}</Heading>
}

/** Nothing here, and why, and what to do about it. */
export function EmptyState({ icon: Icon, title, text, action }: EmptyProps) {
  return (
    <div className={styles.state}>
      <Icon size={24} strokeWidth={1.5} aria-hidden />
      <StateTitle>{title}</StateTitle>
      {text && <p className={styles.text}>{text}</p>}
      {action}
    </div>
  )
}

interface ErrorProps {
  error: CombinedError
  onRetry: () => void
}

/** A read that failed; one that the server did not answer is tried again by itself (graphql/recovery.ts). */
export function ErrorState({ error, onRetry }: ErrorProps) {
  const t = useStrings()
  if (error.networkError) return <UnreachableState />
  return (
    <div role="alert" className={styles.state}>
      <CircleAlert size={24} strokeWidth={1.5} aria-hidden />
      <StateTitle>{t('app.error.title')}</StateTitle>
      <p className={styles.text}>{error.graphQLErrors[0]?.message}</p>
      <Button onPress={onRetry}>{t('app.retry')}</Button>
    </div>
  )
}

/** The server is away: whatever should stand here comes by itself once it is back. */
export function UnreachableState() {
  const t = useStrings()
  return (
    <div role="alert" className={styles.state}>
      <CloudOff size={24} strokeWidth={1.5} aria-hidden />
      <StateTitle>{t('app.error.unreachable')}</StateTitle>
      <p className={styles.text}>{t('app.error.unreachable.wait')}</p>
      <Button onPress={askServerNow}>{t('app.retry')}</Button>
    </div>
  )
}

/** A state that is all there is on the screen, in its middle. */
export function ScreenState({ children }: { children: ReactNode }) {
  return (
    <StandsAlone value>
      <main id="main" tabIndex={-1} className={styles.screen}>
        {children}
      </main>
    </StandsAlone>
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
      <EmptyState icon={Lock} title={t('app.noRight')} text={t('app.noRight.text')} action={<ButtonLink to="/">{t('app.home')}</ButtonLink>} />
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
