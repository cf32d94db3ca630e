import { ListFilter, Search, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { useQuery } from 'urql'
import { useStrings } from '@/app/i18n/use-strings'
import { useWorkspace } from '@/app/workspace'
import { useCommands } from '@/commands/use-commands'
import { usePriorityOptions, useStatusOptions } from '@/features/tickets/choices'
import { FilterChoicesDocument } from '@/features/tickets/ticket.generated'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { SearchField } from '@/ui/SearchField'
import type { Option } from '@/ui/Select'
import { FilterMenu } from './FilterMenu'
import styles from './FilterBar.module.css'
import { type InboxQuery, isNarrowed, type Narrowing, NOTHING_NARROWED } from './inbox-query'

interface Props {
  query: InboxQuery
  onChange: (change: Partial<InboxQuery>) => void
}

type ListField = Exclude<keyof Narrowing, 'text'>

const TYPING_PAUSE_MS = 200

/** Narrows the view; what is narrowed by stands there as chips that can be taken away. */
export function FilterBar({ query, onChange }: Props) {
  const t = useStrings()
  const [isAsked, setAsked] = useState(false)
  const fields = useFilterFields(isAsked || isNarrowed(query))
  const chosen = fields.filter(({ field }) => query[field].length > 0)
  return (
    <div className={styles.bar} role="search" aria-label={t('inbox.filter')}>
      <TextFilter text={query.text} onChange={(text) => onChange({ text })} />
      <FilterMenu
        label={t('inbox.filter')}
        trigger={
          <Button look="quiet" size="small" icon={ListFilter} onPress={() => setAsked(true)}>
            {t('inbox.filter')}
          </Button>
        }
        fields={fields}
        chosen={query}
        onChange={(field, values) => onChange({ [field]: values })}
      />
      {chosen.map(({ field, label, options }) => (
        <FilterChip key={field} label={label} values={query[field]} options={options} onClear={() => onChange({ [field]: [] })} />
      ))}
      {isNarrowed(query) && (
        <Button look="quiet" size="small" onPress={() => onChange(NOTHING_NARROWED)}>
          {t('inbox.filter.clear')}
        </Button>
      )}
    </div>
  )
}

/** Reports after a pause in typing, so that every letter does not become a question to the server. */
function TextFilter({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const t = useStrings()
  const input = useRef<HTMLInputElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [typed, setTyped] = useState<string | null>(null)
  useEffect(() => () => clearTimeout(timer.current), [])
  useCommands([{ id: 'inbox.search', label: 'inbox.search', group: 'inbox.filter', keys: ['/'], icon: Search, run: () => input.current?.focus() }])
  function type(next: string) {
    setTyped(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      setTyped(null)
      onChange(next)
    }, TYPING_PAUSE_MS)
  }
  return (
    <div className={styles.text}>
      <SearchField label={t('inbox.search')} clearLabel={t('inbox.search.clear')} value={typed ?? text} onChange={type} inputRef={input} />
    </div>
  )
}

interface ChipProps {
  label: string
  values: readonly string[]
  options: Option[]
  onClear: () => void
}

function FilterChip({ label, values, options, onClear }: ChipProps) {
  const t = useStrings()
  const names = values.map((value) => options.find((option) => option.id === value)?.text ?? '…').join(', ')
  return (
    <span className={styles.chip}>
      <span className={styles.chipLabel}>{label}</span>
      <span className={styles.chipValue}>{names}</span>
      <AriaButton className={styles.chipClear} aria-label={t('inbox.filter.remove', { label })} onPress={onClear}>
        <X size={12} aria-hidden />
      </AriaButton>
    </span>
  )
}

export interface FilterField {
  field: ListField
  label: string
  options: Option[]
}

function useFilterFields(isNeeded: boolean): FilterField[] {
  const t = useStrings()
  const statuses = useStatusOptions(useWorkspace().statuses)
  const priorities = usePriorityOptions()
  const [{ data }] = useQuery({ query: FilterChoicesDocument, pause: !isNeeded })
  const named = (nodes: { id: string; name: string }[] | undefined) => (nodes ?? []).map(({ id, name }) => ({ id, text: name }))
  return [
    { field: 'statuses', label: t('tickets.field.status'), options: statuses },
    { field: 'priorities', label: t('tickets.field.priority'), options: priorities },
    { field: 'teams', label: t('tickets.field.team'), options: named(data?.teams.nodes) },
    {
      field: 'assignees',
      label: t('tickets.field.assignee'),
      options: (data?.users.nodes ?? []).map(({ id, name, initials }) => ({ id, text: name, mark: <Avatar name={name} initials={initials} size={18} /> })),
    },
    { field: 'surveys', label: t('tickets.field.survey'), options: named(data?.surveys.nodes) },
    { field: 'segments', label: t('tickets.field.segment'), options: (data?.segments ?? []).map((segment) => ({ id: segment, text: segment })) },
  ]
}
