import { ArrowUp } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useStrings } from '@/app/i18n/use-strings'
import { useCommands } from '@/commands/use-commands'
import styles from './NewRowsPill.module.css'

/** What has come above while the rows were kept still. */
export function NewRowsPill({ count, onPress }: { count: number; onPress: () => void }) {
  const t = useStrings()
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

/** The pill's key. */
export function useShowNewCommand(count: number, showNew: () => void): void {
  useCommands([{ id: 'inbox.showNew', label: 'inbox.showNew', group: 'tickets.group', keys: ['.'], icon: ArrowUp, isEnabled: count > 0, run: showNew }])
}
