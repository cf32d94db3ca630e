import { useContext, useEffect } from 'react'
import { createPortal } from 'react-dom'
import { useStrings } from '@/app/i18n/use-strings'
import { useCommands } from '@/commands/use-commands'
import { Button } from '@/ui/Button'
import { PageFoot } from '@/ui/Page'
import styles from './SaveBar.module.css'

interface Props {
  isDirty: boolean
  isSending: boolean
  onSave: () => void
  onDiscard: () => void
  saveLabel?: string
}

/** Appears when there is something to save; ⌘S saves, and leaving the page asks first. */
export function SaveBar({ isDirty, isSending, onSave, onDiscard, saveLabel }: Props) {
  const t = useStrings()
  useCommands([{ id: 'edit.save', label: 'app.save', group: 'app.group.general', keys: ['mod+s'], isEnabled: isDirty, run: onSave }])
  useEffect(() => {
    if (!isDirty) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [isDirty])
  const foot = useContext(PageFoot)
  if (!isDirty) return null
  const bar = (
    <div className={styles.bar} role="region" aria-label={t('edit.unsaved')}>
      <span className={styles.text}>{t('edit.unsaved')}</span>
      <Button look="quiet" onPress={onDiscard}>
        {t('edit.discard')}
      </Button>
      <Button look="primary" isPending={isSending} onPress={onSave}>
        {saveLabel ?? t('app.save')}
      </Button>
    </div>
  )
  return foot ? createPortal(bar, foot) : bar
}
