import { Button } from 'react-aria-components'
import { useConnectionStatus } from '@/graphql/live-context'
import { Tooltip } from '@/ui/Tooltip'
import styles from './ConnectionState.module.css'
import type { MessageKey } from './i18n/i18n'
import { useStrings } from './i18n/use-strings'

const EXPLAINED: Partial<Record<string, MessageKey>> = {
  live: 'app.connection.live.text',
  reconnecting: 'app.connection.reconnecting.text',
  catching_up: 'app.connection.catching_up.text',
  offline: 'app.connection.offline.text',
}

/** Whether what is on the screen is the present. */
export function ConnectionState() {
  const t = useStrings()
  const status = useConnectionStatus()
  const text = t(`app.connection.${status}`)
  const explained = EXPLAINED[status]
  return (
    <Tooltip text={explained ? t(explained) : text}>
      <Button className={styles.state} data-status={status}>
        <span className={styles.dot} aria-hidden />
        <span className={styles.text} role="status">
          {text}
        </span>
      </Button>
    </Tooltip>
  )
}
