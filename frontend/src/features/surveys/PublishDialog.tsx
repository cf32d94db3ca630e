import { useState } from 'react'
import { useStrings } from '@/app/i18n/use-strings'
import { generalRefusal, useRefusals } from '@/features/editing/refusals'
import { useWrite } from '@/graphql/use-write'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { TextField } from '@/ui/TextField'
import { showToast } from '@/ui/toasts'
import { type SurveyDetailFragment, SurveyPublishDocument } from './surveys.generated'

export default function PublishDialog({ survey, onClose }: { survey: SurveyDetailFragment; onClose: () => void }) {
  const t = useStrings()
  const refusalsOf = useRefusals()
  const { send, isSending } = useWrite(SurveyPublishDocument)
  const [note, setNote] = useState('')
  const [refusals, setRefusals] = useState<Record<string, string>>({})
  const number = (survey.published?.number ?? 0) + 1
  async function publish() {
    const outcome = await send({ id: survey.id, expectedVersion: survey.version, note: note.trim() || null })
    if (outcome.ok) {
      onClose()
      return showToast({ tone: 'success', text: t('surveys.published', { number }) })
    }
    setRefusals(refusalsOf(outcome))
  }
  return (
    <ConfirmDialog title={t('surveys.publish.title', { number })} confirmLabel={t('surveys.publish')} isPending={isSending} error={generalRefusal(refusals, ['note'])} onConfirm={() => void publish()} onClose={onClose}>
      <p>{t('surveys.publish.text')}</p>
      <TextField label={t('surveys.publish.note')} hint={t('surveys.publish.note.hint')} autoFocus value={note} onChange={setNote} error={refusals.note} />
    </ConfirmDialog>
  )
}
