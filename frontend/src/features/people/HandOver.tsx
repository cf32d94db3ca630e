import { useState } from 'react'
import { useStrings } from '@/app/i18n/use-strings'
import { PersonField } from '@/features/editing/PersonField'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { Notice } from '@/ui/Notice'
import styles from './People.module.css'

interface FieldsProps {
  /** What is in the way, in the server's words. */
  reasons: readonly string[]
  /** People who cannot take over. */
  without: readonly string[]
  successor: string | null
  onChange: (id: string | null) => void
}

/** What somebody still holds or stands in for, and who takes it over. */
export function HandOverFields({ reasons, without, successor, onChange }: FieldsProps) {
  const t = useStrings()
  return (
    <>
      {reasons.length > 0 && (
        <Notice tone="warning">
          {t('people.handOver.reasons')}
          <ul className={styles.reasons}>
            {reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </Notice>
      )}
      <PersonField label={t('people.handOver.to')} isRequired mustWork without={without} value={successor} onChange={onChange} />
    </>
  )
}

interface Props {
  title: string
  reasons: readonly string[]
  /** People who cannot take over. */
  without: readonly string[]
  isPending: boolean
  onConfirm: (successor: string) => void
  onClose: () => void
}

/** Asks who takes over before a right goes away; nothing has been saved yet. */
export function HandOverDialog({ title, reasons, without, isPending, onConfirm, onClose }: Props) {
  const t = useStrings()
  const [successor, setSuccessor] = useState<string | null>(null)
  return (
    <ConfirmDialog title={title} confirmLabel={t('people.handOver.do')} isPending={isPending} isDisabled={!successor} onConfirm={() => successor && onConfirm(successor)} onClose={onClose}>
      <p>{t('people.handOver.text')}</p>
      <HandOverFields reasons={reasons} without={without} successor={successor} onChange={setSuccessor} />
    </ConfirmDialog>
  )
}
