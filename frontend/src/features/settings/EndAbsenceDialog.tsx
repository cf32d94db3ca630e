import { useState } from 'react'
import { useStrings } from '@/app/i18n/use-strings'
import { useRefusalWords } from '@/features/editing/refusals'
import { useWrite } from '@/graphql/use-write'
import { useNow } from '@/lib/now'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { absenceState } from './absence-state'
import { AbsenceEndDocument, type AbsenceRowFragment } from './settings.generated'

export function EndAbsenceDialog({ absence, onClose }: { absence: AbsenceRowFragment; onClose: () => void }) {
  const t = useStrings()
  const now = useNow()
  const refusalWords = useRefusalWords()
  const { send, isSending } = useWrite(AbsenceEndDocument)
  const [refusal, setRefusal] = useState<string | null>(null)
  const isNow = absenceState(absence, now) === 'now'
  async function end() {
    const outcome = await send({ id: absence.id, expectedVersion: absence.version })
    if (outcome.ok) return onClose()
    setRefusal(refusalWords(outcome))
  }
  return (
    <ConfirmDialog
      title={t(isNow ? 'settings.absence.end.title' : 'settings.absence.cancel.title', { name: absence.user.name })}
      confirmLabel={t(isNow ? 'settings.absence.end' : 'settings.absence.cancel')}
      isPending={isSending}
      error={refusal}
      onConfirm={() => void end()}
      onClose={onClose}
    >
      <p>{t(isNow ? 'settings.absence.end.text' : 'settings.absence.cancel.text', { name: absence.user.name })}</p>
    </ConfirmDialog>
  )
}
