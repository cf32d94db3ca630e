import { Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Sentence, useStrings } from '@/app/i18n/use-strings'
import { useRefusalWords } from '@/features/editing/refusals'
import { useWrite } from '@/graphql/use-write'
import { IconButton } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { MenuItem, MoreMenu } from '@/ui/Menu'
import { Switch } from '@/ui/Switch'
import { showToast } from '@/ui/toasts'
import { delayWords } from './delay'
import { RuleDeleteDocument, type RuleDetailFragment, RuleUpdateDocument } from './escalation.generated'
import styles from './Escalation.module.css'
import { RuleEditor } from './RuleEditor'
import { ruleInput, ruleValues } from './rule-form'

export function RuleCard({ rule }: { rule: RuleDetailFragment }) {
  const t = useStrings()
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null)
  if (open === 'edit')
    return (
      <li>
        <RuleEditor rule={rule} onClose={() => setOpen(null)} />
      </li>
    )
  return (
    <li className={styles.card} data-inactive={!rule.isActive || undefined}>
      <div className={styles.story}>
        <p className={styles.sentence}>
          <RuleSentence rule={rule} />
        </p>
        <p className={styles.facts}>
          {rule.name} · {t('escalation.fired', { count: rule.firedCount })}
        </p>
      </div>
      <ActiveSwitch rule={rule} />
      <span className={styles.acts}>
        <IconButton icon={Pencil} size="small" label={t('escalation.edit', { name: rule.name })} onPress={() => setOpen('edit')} />
        <MoreMenu label={t('escalation.more', { name: rule.name })} onAction={() => setOpen('delete')}>
          <MenuItem id="delete" text={t('edit.delete')} icon={Trash2} isDanger />
        </MoreMenu>
      </span>
      {open === 'delete' && <DeleteRule rule={rule} onClose={() => setOpen(null)} />}
    </li>
  )
}

function RuleSentence({ rule }: { rule: RuleDetailFragment }) {
  const t = useStrings()
  const strong = (text: string) => <strong>{text}</strong>
  return (
    <Sentence
      id="escalation.sentence"
      values={{
        survey: strong(rule.survey?.name ?? t('escalation.allSurveys')),
        segment: strong(rule.segment || t('escalation.allSegments')),
        delay: strong(delayWords(rule.delayMinutes, t)),
        recipient: strong(rule.recipientTeam ? t('escalation.team', { name: rule.recipientTeam.name }) : (rule.recipientUser?.name ?? '')),
      }}
    />
  )
}

function ActiveSwitch({ rule }: { rule: RuleDetailFragment }) {
  const t = useStrings()
  const refusalWords = useRefusalWords()
  const { send, isSending } = useWrite(RuleUpdateDocument)
  async function turn(isActive: boolean) {
    const outcome = await send({ id: rule.id, expectedVersion: rule.version, input: { ...ruleInput(ruleValues(rule)), isActive } })
    if (!outcome.ok) showToast({ tone: 'danger', text: refusalWords(outcome) })
  }
  return (
    <Switch isOn={rule.isActive} isDisabled={isSending} onChange={(isOn) => void turn(isOn)}>
      <span className={styles.state}>
        {t(rule.isActive ? 'escalation.active' : 'escalation.inactive')}
        <span className="visually-hidden">, {rule.name}</span>
      </span>
    </Switch>
  )
}

function DeleteRule({ rule, onClose }: { rule: RuleDetailFragment; onClose: () => void }) {
  const t = useStrings()
  const refusalWords = useRefusalWords()
  const { send, isSending } = useWrite(RuleDeleteDocument)
  const [refusal, setRefusal] = useState<string | null>(null)
  async function remove() {
    const outcome = await send({ id: rule.id, expectedVersion: rule.version })
    if (outcome.ok) return onClose()
    setRefusal(refusalWords(outcome))
  }
  return (
    <ConfirmDialog title={t('escalation.delete', { name: rule.name })} confirmLabel={t('edit.delete')} isDanger isPending={isSending} error={refusal} onConfirm={() => void remove()} onClose={onClose}>
      <p>{t('escalation.delete.text')}</p>
    </ConfirmDialog>
  )
}
