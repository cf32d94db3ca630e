import { useRef } from 'react'
import { useStrings } from '@/app/i18n/use-strings'
import { EditNotice } from '@/features/editing/EditNotice'
import { useEdit } from '@/features/editing/use-edit'
import { useWrite } from '@/graphql/use-write'
import { newIdempotencyKey } from '@/lib/random'
import { Button } from '@/ui/Button'
import { Form, FormActions } from '@/ui/Form'
import { TextField } from '@/ui/TextField'
import { delayWords } from './delay'
import { RuleCreateDocument, type RuleDetailFragment, RuleUpdateDocument } from './escalation.generated'
import styles from './Escalation.module.css'
import { RulePreview } from './RulePreview'
import { RuleSentenceFields } from './RuleSentenceFields'
import { NEW_RULE, ruleInput, ruleValues, suggestedName } from './rule-form'
import { useRuleChoices } from './use-rule-choices'

/** Writes a rule as a sentence, and shows whom it would touch before it is saved. */
export function RuleEditor({ rule, onClose }: { rule: RuleDetailFragment | null; onClose: () => void }) {
  const t = useStrings()
  const choices = useRuleChoices()
  const { send: create } = useWrite(RuleCreateDocument)
  const { send: update } = useWrite(RuleUpdateDocument)
  const idempotencyKey = useRef(newIdempotencyKey())
  const edit = useEdit(rule ? ruleValues(rule) : NEW_RULE, rule?.version ?? 0)
  const { values } = edit
  const suggestion = suggestedName({ survey: choices.surveyName(values.surveyId), segment: values.segment, delay: delayWords(values.delayMinutes, t) })
  const labels = {
    name: t('escalation.name'),
    surveyId: t('escalation.survey'),
    segment: t('escalation.segment'),
    delayMinutes: t('escalation.delay'),
    recipientId: t('escalation.recipient'),
    isActive: t('escalation.active'),
  }
  function show(field: keyof typeof labels, value: unknown): string | null {
    if (field === 'surveyId') return choices.surveyName(String(value)) ?? t('escalation.allSurveys')
    if (field === 'recipientId') return choices.recipientName(String(value))
    if (field === 'delayMinutes') return delayWords(Number(value), t)
    return null
  }
  async function save() {
    if (!values.recipientId) return edit.refuse({ recipientId: t('escalation.recipient.missing') })
    const input = ruleInput({ ...values, name: values.name.trim() || suggestion })
    const isSaved = await edit.save((expectedVersion) => (rule ? update({ id: rule.id, expectedVersion, input }) : create({ input, idempotencyKey: idempotencyKey.current })))
    if (isSaved) onClose()
  }
  return (
    <section className={styles.editor} aria-label={rule ? t('escalation.edit', { name: rule.name }) : t('escalation.new')}>
      <Form onSubmit={() => void save()}>
        <EditNotice edit={edit} name={rule?.name ?? ''} labels={labels} show={show} />
        <RuleSentenceFields values={values} onChange={edit.change} choices={choices} error={edit.refusals.recipientId ?? edit.refusals.delayMinutes ?? edit.refusals.segment} />
        <RulePreview values={values} />
        <TextField label={t('escalation.name')} placeholder={suggestion} {...edit.field('name')} />
        <FormActions>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button look="primary" type="submit" isPending={edit.isSending}>
            {t(rule ? 'app.save' : 'escalation.create')}
          </Button>
        </FormActions>
      </Form>
    </section>
  )
}
