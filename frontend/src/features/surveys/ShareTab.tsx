import { RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { useStrings } from '@/app/i18n/use-strings'
import { useRefusalWords } from '@/features/editing/refusals'
import { useWrite } from '@/graphql/use-write'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { CopyField } from '@/ui/CopyField'
import { Notice } from '@/ui/Notice'
import { Section } from '@/ui/Section'
import { intakeExample } from './intake-example'
import { LinkBuilder } from './LinkBuilder'
import { surveyState } from './survey-state'
import { type SurveyDetailFragment, SurveyRotateSecretDocument } from './surveys.generated'
import styles from './Surveys.module.css'

/** How answers come in: the page for people, the intake for machines. */
export default function ShareTab({ survey }: { survey: SurveyDetailFragment }) {
  const t = useStrings()
  const [isRotating, setRotating] = useState(false)
  const state = surveyState(survey)
  const words = { copyLabel: t('edit.copy'), copiedLabel: t('edit.copied') }
  return (
    <div className={styles.narrow}>
      {state !== 'open' && <Notice tone="warning">{t(state === 'draft' ? 'surveys.share.draft' : 'surveys.share.closed')}</Notice>}
      <Section title={t('surveys.share.page')} text={t('surveys.share.page.text')}>
        <LinkBuilder publicUrl={survey.publicUrl} embeddedFields={(survey.published?.definition ?? survey.draft).embeddedFields} />
      </Section>
      <Section title={t('surveys.share.intake')} text={t('surveys.share.intake.text')}>
        <div className={styles.stack}>
          <CopyField label={t('surveys.share.address')} value={survey.intakeUrl} {...words} />
          {survey.intakeSecret && (
            <>
              <CopyField label={t('surveys.share.secret')} value={survey.intakeSecret} {...words} />
              <div>
                <Button size="small" icon={RefreshCw} onPress={() => setRotating(true)}>
                  {t('surveys.share.rotate')}
                </Button>
              </div>
              <CopyField label={t('surveys.share.example')} value={intakeExample({ intakeUrl: survey.intakeUrl, secret: survey.intakeSecret, questions: survey.draft.questions })} isBlock {...words} />
            </>
          )}
        </div>
      </Section>
      {isRotating && <RotateSecret survey={survey} onClose={() => setRotating(false)} />}
    </div>
  )
}

function RotateSecret({ survey, onClose }: { survey: SurveyDetailFragment; onClose: () => void }) {
  const t = useStrings()
  const refusalWords = useRefusalWords()
  const { send, isSending } = useWrite(SurveyRotateSecretDocument)
  const [refusal, setRefusal] = useState<string | null>(null)
  async function rotate() {
    const outcome = await send({ id: survey.id, expectedVersion: survey.version })
    if (outcome.ok) return onClose()
    setRefusal(refusalWords(outcome))
  }
  return (
    <ConfirmDialog title={t('surveys.share.rotate.title')} confirmLabel={t('surveys.share.rotate')} isDanger isPending={isSending} error={refusal} onConfirm={() => void rotate()} onClose={onClose}>
      <p>{t('surveys.share.rotate.text')}</p>
    </ConfirmDialog>
  )
}
