import { type ReactNode, useState } from 'react'
import { Input, TextField } from 'react-aria-components'
import { Sentence, useStrings } from '@/app/i18n/use-strings'
import { NO_SEGMENT, segmentOptions } from '@/features/tickets/segment-options'
import { Picker } from '@/ui/Picker'
import type { Option } from '@/ui/Select'
import { type Delay, DELAY_UNITS, type DelayUnit, joinDelay, splitDelay } from './delay'
import styles from './Escalation.module.css'
import type { RuleValues } from './rule-form'
import type { RuleChoices } from './use-rule-choices'

interface Props {
  values: RuleValues
  onChange: (change: Partial<RuleValues>) => void
  choices: RuleChoices
  error: string | undefined
}

const ALL = '__all__'

/** The rule as a sentence whose words are changed where they are read. */
export function RuleSentenceFields({ values, onChange, choices, error }: Props) {
  const t = useStrings()
  return (
    <div>
      <div className={styles.sentence} data-open>
        <Sentence
          id="escalation.sentence"
          values={{
            survey: (
              <Blank label={t('escalation.survey')} options={[{ id: ALL, text: t('escalation.allSurveys') }, ...choices.surveys]} value={values.surveyId ?? ALL} onChange={(id) => onChange({ surveyId: id === ALL ? null : id })}>
                {choices.surveyName(values.surveyId) ?? t('escalation.allSurveys')}
              </Blank>
            ),
            segment: <SegmentBlank segment={values.segment} known={choices.segments} onChange={(segment) => onChange({ segment })} />,
            delay: <DelayBlank minutes={values.delayMinutes} onChange={(delayMinutes) => onChange({ delayMinutes })} />,
            recipient: (
              <Blank label={t('escalation.recipient')} isRequired options={choices.recipients} value={values.recipientId} onChange={(recipientId) => onChange({ recipientId })} isMissing={Boolean(error) && !values.recipientId}>
                {choices.recipientName(values.recipientId) ?? t('escalation.recipient.choose')}
              </Blank>
            ),
          }}
        />
      </div>
      {error && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}

interface BlankProps {
  label: string
  options: Option[]
  value: string | null
  onChange: (id: string) => void
  onSearch?: (text: string) => void
  isMissing?: boolean
  isRequired?: boolean
  children: ReactNode
}

function Blank({ children, isMissing, isRequired, ...picker }: BlankProps) {
  const t = useStrings()
  const [isOpen, setOpen] = useState(false)
  return (
    <span className={styles.blank} data-missing={isMissing || undefined}>
      <Picker {...picker} isOpen={isOpen} onOpenChange={setOpen} emptyText={t('edit.none')} search={t('escalation.search')}>
        <span>
          {children}
          {isRequired && (
            <>
              <span aria-hidden> *</span>
              <span className="visually-hidden">{t('edit.required')}</span>
            </>
          )}
        </span>
      </Picker>
    </span>
  )
}

function SegmentBlank({ segment, known, onChange }: { segment: string | null; known: string[]; onChange: (segment: string | null) => void }) {
  const t = useStrings()
  const [typed, setTyped] = useState('')
  return (
    <Blank
      label={t('escalation.segment')}
      options={segmentOptions(known, typed, t('escalation.allSegments'))}
      value={segment ?? NO_SEGMENT}
      onSearch={setTyped}
      onChange={(id) => onChange(id === NO_SEGMENT ? null : id)}
    >
      {segment ?? t('escalation.allSegments')}
    </Blank>
  )
}

function DelayBlank({ minutes, onChange }: { minutes: number; onChange: (minutes: number) => void }) {
  const t = useStrings()
  const [delay, setDelay] = useState<Delay>(() => splitDelay(minutes))
  // A half-written number is kept as it is typed; only a real one is a change.
  const [typed, setTyped] = useState<string | null>(null)
  const unitWord = (unit: DelayUnit) => t(delay.amount === 1 ? `escalation.unitOne.${unit}` : `escalation.unit.${unit}`)
  function take(next: Delay) {
    setDelay(next)
    onChange(joinDelay(next))
  }
  function type(text: string) {
    setTyped(text)
    const amount = Number(text)
    if (Number.isInteger(amount) && amount > 0) take({ ...delay, amount })
  }
  return (
    <span className={styles.delay}>
      <TextField aria-label={t('escalation.delay')} value={typed ?? String(delay.amount)} onChange={type} onBlur={() => setTyped(null)}>
        <Input className={styles.amount} inputMode="numeric" size={3} />
      </TextField>
      <Blank label={t('escalation.unit')} options={DELAY_UNITS.map((id) => ({ id, text: unitWord(id) }))} value={delay.unit} onChange={(unit) => take({ ...delay, unit: unit as DelayUnit })}>
        {unitWord(delay.unit)}
      </Blank>
    </span>
  )
}
