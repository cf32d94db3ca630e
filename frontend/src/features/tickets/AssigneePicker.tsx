import { CircleUserRound } from 'lucide-react'
import { useState } from 'react'
import { useQuery } from 'urql'
import { useStrings } from '@/app/i18n/use-strings'
import { Avatar } from '@/ui/Avatar'
import { Picker } from '@/ui/Picker'
import { AssignableUsersDocument, type AssignableUsersQuery } from './ticket.generated'
import type { FieldProps } from './TicketFields'
import styles from './TicketHeader.module.css'

type Candidate = NonNullable<AssignableUsersQuery['ticketByKey']>['assignableUsers'][number]

/** Who may own this ticket, with their load and whether they are away. */
export function AssigneePicker({ ticket, writes, ...state }: FieldProps) {
  const t = useStrings()
  const [search, setSearch] = useState('')
  const [{ data, fetching }] = useQuery({
    query: AssignableUsersDocument,
    variables: { key: ticket.key, search: search.trim() || null },
    pause: !state.isOpen,
    requestPolicy: 'cache-and-network',
  })
  const text = ticket.assignee?.name ?? t('tickets.unassigned')
  const candidates = data?.ticketByKey?.assignableUsers ?? []
  const hintOf = (user: Candidate) =>
    user.currentAbsence
      ? t('tickets.assignee.absent', { person: user.currentAbsence.forwardsTo.name })
      : t('tickets.assignee.open', { count: user.openTicketCount })
  return (
    <Picker
      {...state}
      label={t('tickets.field.assignee')}
      emptyText={t(fetching ? 'app.loading' : 'tickets.assignee.none')}
      search={t('tickets.assignee.search')}
      onSearch={setSearch}
      value={ticket.assignee?.id ?? null}
      onChange={(id) => void writes.assign({ assigneeId: id })}
      options={candidates.map((user) => ({ id: user.id, text: user.name, hint: hintOf(user), mark: <Avatar name={user.name} initials={user.initials} size={18} /> }))}
    >
      {ticket.assignee ? <Avatar name={ticket.assignee.name} initials={ticket.assignee.initials} size={18} /> : <CircleUserRound size={14} className={styles.muted} aria-hidden />}
      <span className={ticket.assignee ? undefined : styles.muted}>{text}</span>
    </Picker>
  )
}
