import { CircleDot, type LucideIcon, SignalHigh, Tag, UserRound, UsersRound } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useQuery } from 'urql'
import { useStrings } from '@/app/i18n/use-strings'
import { useCommands } from '@/commands/use-commands'
import type { MessageKey } from '@/app/i18n/i18n'
import type { TicketPriority } from '@/graphql/generated/schema'
import { Picker } from '@/ui/Picker'
import { AssigneePicker } from './AssigneePicker'
import { usePriorityOptions, useStatusOptions } from './choices'
import { PriorityMark } from './PriorityMark'
import { SegmentPicker } from './SegmentPicker'
import { StatusMark } from './StatusMark'
import { statusLabel } from './status-label'
import { FilterChoicesDocument, type TicketDetailFragment } from './ticket.generated'
import styles from './TicketHeader.module.css'
import type { TicketWrites } from './use-ticket-writes'
import { useWhyFixed } from './WhyFixed'

interface Props {
  ticket: TicketDetailFragment
  writes: TicketWrites
}

type Field = 'status' | 'priority' | 'assignee' | 'team' | 'segment'

const COMMANDS: { field: Field; label: MessageKey; key: string; icon: LucideIcon; isTypedInto?: boolean }[] = [
  { field: 'status', label: 'tickets.do.status', key: 's', icon: CircleDot },
  { field: 'priority', label: 'tickets.do.priority', key: 'p', icon: SignalHigh },
  { field: 'assignee', label: 'tickets.do.assign', key: 'a', icon: UserRound, isTypedInto: true },
  { field: 'team', label: 'tickets.do.team', key: 'shift+t', icon: UsersRound, isTypedInto: true },
  { field: 'segment', label: 'tickets.do.segment', key: 'shift+s', icon: Tag, isTypedInto: true },
]

/** What can be changed about a ticket, changed where it is read. */
export function TicketFields({ ticket, writes }: Props) {
  const t = useStrings()
  const [open, setOpen] = useState<Field | null>(null)
  const whyFixed = useWhyFixed(ticket)
  useCommands(
    COMMANDS.map(({ field, key, ...command }) => ({
      ...command,
      id: `ticket.${field}`,
      group: 'tickets.group',
      keys: [key],
      run: () => setOpen(field),
    })),
  )
  const stateOf = (field: Field) => ({
    isOpen: open === field,
    onOpenChange: (isOpen: boolean) => setOpen(isOpen ? field : null),
    fixed: whyFixed(field),
  })
  return (
    <div className={styles.fields}>
      <StatusPicker ticket={ticket} writes={writes} {...stateOf('status')} />
      <PriorityPicker ticket={ticket} writes={writes} {...stateOf('priority')} />
      <AssigneePicker ticket={ticket} writes={writes} {...stateOf('assignee')} />
      <TeamPicker ticket={ticket} writes={writes} {...stateOf('team')} />
      <SegmentPicker
        label={t('tickets.field.segment')}
        value={ticket.currentSegment}
        onChange={(currentSegment) => void writes.update({ currentSegment }, t('tickets.do.segment'))}
        {...stateOf('segment')}
      />
    </div>
  )
}

export interface FieldProps extends Props {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  fixed: ReactNode
}

function StatusPicker({ ticket, writes, ...state }: FieldProps) {
  const t = useStrings()
  const options = useStatusOptions([ticket.status, ...ticket.allowedStatuses.filter(({ id }) => id !== ticket.status.id)].toSorted((a, b) => a.position - b.position))
  const text = statusLabel(ticket.status, t)
  return (
    <Picker
      {...state}
      label={t('tickets.field.status')}
      emptyText={t('tickets.choice.none')}
      value={ticket.status.id}
      onChange={(id) => void writes.changeStatus(id)}
      options={options}
    >
      <StatusMark category={ticket.status.category} statusKey={ticket.status.key} />
      <span>{text}</span>
    </Picker>
  )
}

function PriorityPicker({ ticket, writes, ...state }: FieldProps) {
  const t = useStrings()
  const options = usePriorityOptions()
  const text = t(`tickets.priority.${ticket.priority}`)
  return (
    <Picker
      {...state}
      label={t('tickets.field.priority')}
      emptyText={t('tickets.choice.none')}
      value={ticket.priority}
      onChange={(priority) => void writes.update({ priority: priority as TicketPriority }, t('tickets.do.priority'))}
      options={options}
    >
      <PriorityMark priority={ticket.priority} />
      {/* What nobody has raised or lowered is no news. */}
      <span className={ticket.priority === 'MEDIUM' ? 'visually-hidden' : undefined}>{text}</span>
    </Picker>
  )
}

function TeamPicker({ ticket, writes, ...state }: FieldProps) {
  const t = useStrings()
  const [{ data, fetching }] = useQuery({ query: FilterChoicesDocument, pause: !state.isOpen })
  const text = ticket.team?.name ?? t('tickets.noTeam')
  return (
    <Picker
      {...state}
      label={t('tickets.field.team')}
      emptyText={t(fetching ? 'app.loading' : 'tickets.choice.none')}
      search={t('tickets.team.search')}
      value={ticket.team?.id ?? null}
      onChange={(id) => void writes.assign({ teamId: id })}
      options={(data?.teams.nodes ?? []).map(({ id, name }) => ({ id, text: name }))}
    >
      <UsersRound size={14} className={styles.muted} aria-hidden />
      <span className={ticket.team ? undefined : styles.muted}>{text}</span>
    </Picker>
  )
}
