import { useStrings } from '@/app/i18n/use-strings'
import { Mark } from './Mark'
import styles from './Splash.module.css'

/** The moment before it is known who is there. */
export function Splash() {
  const t = useStrings()
  return (
    <div className={styles.splash} role="status" aria-label={t('app.loading')}>
      <Mark size={32} />
    </div>
  )
}
