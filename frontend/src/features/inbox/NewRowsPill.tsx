import { ArrowUp } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useStrings } from '@/app/i18n/use-strings'
import { useCommands } from '@/commands/use-commands'
import styles from './NewRowsPill.module.css'

/** What has come above while the reader was further down. */
export function NewRowsPill({ count, onPress }: { count: number; onPress: () => void }) {
  const t = useStrings()
  useCommands([{ id: 'inbox.showNew', label: 'inbox.showNew', group: 'tickets.group', keys: ['.'], icon: ArrowUp, isEnabled: count > 0, run: onPress }])
  return (
    <div className={styles.place} aria-live="polite">
      {count > 0 && (
        <Button className={styles.pill} onPress={onPress}>
          <ArrowUp size={14} aria-hidden />
          {t('inbox.new', { count })}
        </Button>
      )}
    </div>
  )
}
