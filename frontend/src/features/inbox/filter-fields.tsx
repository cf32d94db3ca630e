import { useQuery } from 'urql'
import { useTimeZone } from '@/app/i18n/time-zone'
import { useFormats, useStrings } from '@/app/i18n/use-strings'
import { useWorkspace } from '@/app/workspace'
import { usePriorityOptions, useStatusOptions } from '@/features/tickets/choices'
import { ClassShape } from '@/features/tickets/ScoreChip'
import { FilterChoicesDocument } from '@/features/tickets/ticket.generated'
import { fromLocalField } from '@/lib/local-time'
import { Avatar } from '@/ui/Avatar'
import type { Option } from '@/ui/Select'
import { type InboxQuery, type Narrowing, SCORE_CLASSES } from './inbox-query'
import { DUE_CHOICES, readDays, RECEIVED_CHOICES } from './periods'
import scoreStyles from './ScoreMark.module.css'

export type PeriodField = 'received' | 'due'

export interface FilterField {
  field: Exclude<keyof Narrowing, 'text'>
  label: string
  options: Option[]
  values: readonly string[]
  /** One choice at a time, or days of one's own. */
  isPeriod?: boolean
}

/** Everything that tickets can be narrowed by, with what is chosen now. */
export function useFilterFields(query: InboxQuery): FilterField[] {
  const t = useStrings()
  const statuses = useStatusOptions(useWorkspace().statuses)
  const priorities = usePriorityOptions()
  const [{ data }] = useQuery({ query: FilterChoicesDocument })
  const periods = usePeriodFields(query)
  const scores = SCORE_CLASSES.map((id) => ({ id, text: t(`tickets.score.${id}`), mark: <span className={scoreStyles.mark} data-class={id}><ClassShape scoreClass={id} /></span> }))
  const named = (nodes: { id: string; name: string }[] | undefined) => (nodes ?? []).map(({ id, name }) => ({ id, text: name }))
  return [
    { field: 'statuses', label: t('tickets.field.status'), options: statuses, values: query.statuses },
    { field: 'scores', label: t('tickets.field.score'), options: scores, values: query.scores },
    ...periods,
    { field: 'priorities', label: t('tickets.field.priority'), options: priorities, values: query.priorities },
    { field: 'teams', label: t('tickets.field.team'), options: named(data?.teams.nodes), values: query.teams },
    {
      field: 'assignees',
      label: t('tickets.field.assignee'),
      options: (data?.users.nodes ?? []).map(({ id, name, initials }) => ({ id, text: name, mark: <Avatar name={name} initials={initials} size={18} /> })),
      values: query.assignees,
    },
    { field: 'surveys', label: t('tickets.field.survey'), options: named(data?.surveys.nodes), values: query.surveys },
    { field: 'segments', label: t('tickets.field.segment'), options: (data?.segments ?? []).map((segment) => ({ id: segment, text: segment })), values: query.segments },
  ]
}

function usePeriodFields({ received, due }: InboxQuery): FilterField[] {
  const t = useStrings()
  const daysText = useDaysText()
  const optionsOf = (choices: Option[], value: string) => [...choices, ...(readDays(value) ? [{ id: value, text: daysText(value) }] : []), { id: 'days', text: t('inbox.period.days') }]
  const valuesOf = (value: string) => (value ? [value] : [])
  return [
    {
      field: 'received',
      label: t('inbox.filter.received'),
      options: optionsOf(RECEIVED_CHOICES.map((id) => ({ id, text: t(`inbox.received.${id}`) })), received),
      values: valuesOf(received),
      isPeriod: true,
    },
    {
      field: 'due',
      label: t('tickets.field.due'),
      options: optionsOf(DUE_CHOICES.map((id) => ({ id, text: t(`inbox.due.${id}`) })), due),
      values: valuesOf(due),
      isPeriod: true,
    },
  ]
}

/** "1 nov. – 20 nov.", "since 1 Nov", "until 20 Nov". */
function useDaysText(): (days: string) => string {
  const t = useStrings()
  const formats = useFormats()
  const zone = useTimeZone()
  return (text) => {
    const { first = '', last = '' } = readDays(text) ?? {}
    const dayText = (day: string) => formats.date(fromLocalField(`${day}T12:00`, zone) ?? day)
    if (first && last) return t('inbox.period.between', { first: dayText(first), last: dayText(last) })
    return first ? t('inbox.period.since', { first: dayText(first) }) : t('inbox.period.until', { last: dayText(last) })
  }
}
