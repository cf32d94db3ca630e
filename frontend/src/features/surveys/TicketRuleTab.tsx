import { useQuery } from 'urql'
import { useStrings } from '@/app/i18n/use-strings'
import { PeopleDocument } from '@/features/editing/edit.generated'
import { EditNotice } from '@/features/editing/EditNotice'
import { PersonField } from '@/features/editing/PersonField'
import { SaveBar } from '@/features/editing/SaveBar'
import { useEdit } from '@/features/editing/use-edit'
import { PriorityMark } from '@/features/tickets/PriorityMark'
import type { TicketPriority } from '@/graphql/generated/schema'
import { useWrite } from '@/graphql/use-write'
import { ComboBox } from '@/ui/ComboBox'
import { FormRow } from '@/ui/Form'
import { Notice } from '@/ui/Notice'
import { Section } from '@/ui/Section'
import { Select } from '@/ui/Select'
import { Switch } from '@/ui/Switch'
import { TextField } from '@/ui/TextField'
import { highestScore } from './definition-editor'
import { type SurveyDetailFragment, SurveyUpdateDocument } from './surveys.generated'
import styles from './Surveys.module.css'

const PRIORITIES: TicketPriority[] = ['HIGH', 'MEDIUM', 'LOW']

/** Which answers open a ticket, and what the ticket starts with. */
export default function TicketRuleTab({ survey }: { survey: SurveyDetailFragment }) {
  const t = useStrings()
  const { ticketRule: rule } = survey
  const { send } = useWrite(SurveyUpdateDocument)
  const edit = useEdit(
    { enabled: rule.enabled, maximumScore: rule.maximumScore, priority: rule.priority, teamId: rule.team?.id ?? null, assigneeId: rule.assignee?.id ?? null, segment: rule.segment ?? '' },
    survey.version,
    { draft: `survey-rule.${survey.id}` },
  )
  const { values } = edit
  const save = () => void edit.save((expectedVersion) => send({ id: survey.id, expectedVersion, input: { ticketRule: { ...values, segment: values.segment.trim() || null } } }))
  const highest = highestScore(survey.draft.questions)
  const maximum = highest ?? 10
  const labels = {
    enabled: t('surveys.rule.enabled'),
    maximumScore: t('surveys.rule.maximum'),
    priority: t('tickets.field.priority'),
    teamId: t('tickets.field.team'),
    assigneeId: t('tickets.field.assignee'),
    segment: t('tickets.field.segment'),
  }
  const shown: Record<string, string> = { teamId: rule.team?.name ?? '', assigneeId: rule.assignee?.name ?? '', priority: t(`tickets.priority.${rule.priority}`) }
  return (
    <div className={styles.narrow}>
      <Section title={t('surveys.rule')} text={t('surveys.rule.text')}>
        <div className={styles.stack}>
          <EditNotice edit={edit} name={survey.name} labels={labels} show={(field) => shown[field] ?? null} />
          {highest === null && <Notice tone="warning">{t('surveys.rule.noScore')}</Notice>}
          <Switch isOn={values.enabled} onChange={(enabled) => edit.change({ enabled })}>
            {labels.enabled}
          </Switch>
          {values.enabled && (
            <>
              <FormRow>
                <Select
                  label={labels.maximumScore}
                  value={String(values.maximumScore)}
                  onChange={(score) => edit.change({ maximumScore: Number(score) })}
                  error={edit.refusals.maximumScore}
                  options={scoresUpTo(Math.max(maximum, values.maximumScore)).map((score) => ({ id: String(score), text: t('surveys.rule.upTo', { score, maximum }) }))}
                />
                <Select label={labels.priority} {...edit.field('priority')} options={PRIORITIES.map((id) => ({ id, text: t(`tickets.priority.${id}`), mark: <PriorityMark priority={id} /> }))} />
              </FormRow>
              <FormRow>
                <TeamField label={labels.teamId} {...edit.field('teamId')} />
                <PersonField label={labels.assigneeId} mustWork {...edit.field('assigneeId')} />
              </FormRow>
              <TextField label={labels.segment} hint={t('surveys.rule.segment.hint')} {...edit.field('segment')} />
              <p className={styles.muted}>{t('surveys.rule.absent')}</p>
            </>
          )}
        </div>
      </Section>
      <SaveBar isDirty={edit.isDirty} isSending={edit.isSending} onSave={save} onDiscard={edit.discard} />
    </div>
  )
}

const scoresUpTo = (maximum: number) => Array.from({ length: maximum + 1 }, (_, score) => score)

function TeamField({ label, value, onChange, error }: { label: string; value: string | null; onChange: (id: string | null) => void; error?: string }) {
  const t = useStrings()
  const [{ data }] = useQuery({ query: PeopleDocument })
  const teams = data?.teams.nodes ?? []
  return <ComboBox label={label} value={value} onChange={onChange} error={error} emptyText={t('edit.none')} options={teams.map(({ id, name }) => ({ id, text: name }))} />
}
