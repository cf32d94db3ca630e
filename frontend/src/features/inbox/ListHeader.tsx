import { ArrowDown, ArrowUp } from 'lucide-react'
import { useStrings } from '@/app/i18n/use-strings'
import type { MessageKey } from '@/app/i18n/i18n'
import type { TicketOrder, TicketOrderField } from '@/graphql/generated/schema'
import styles from './ListRow.module.css'

interface Props {
  order: TicketOrder
  onOrder: (order: TicketOrder) => void
}

const COLUMNS: { name: string; label: MessageKey; field?: TicketOrderField }[] = [
  { name: 'status', label: 'tickets.field.status' },
  { name: 'key', label: 'tickets.field.key', field: 'CREATED_AT' },
  { name: 'customer', label: 'tickets.field.customer' },
  { name: 'survey', label: 'tickets.field.survey' },
  { name: 'segment', label: 'tickets.field.segment' },
  { name: 'assignee', label: 'tickets.field.assignee' },
  { name: 'priority', label: 'tickets.field.priority', field: 'PRIORITY' },
  { name: 'due', label: 'tickets.field.due', field: 'DUE_AT' },
  { name: 'score', label: 'tickets.field.score', field: 'SCORE' },
  { name: 'activity', label: 'tickets.field.activity', field: 'LAST_ACTIVITY_AT' },
]

export function ListHeader({ order, onOrder }: Props) {
  const t = useStrings()
  function sortBy(field: TicketOrderField) {
    const isSame = order.field === field
    const first = field === 'DUE_AT' || field === 'SCORE' ? 'ASC' : 'DESC'
    onOrder({ field, direction: isSame ? (order.direction === 'DESC' ? 'ASC' : 'DESC') : first })
  }
  return (
    <div className={styles.header}>
      {COLUMNS.map(({ name, label, field }) => (
        <div key={name} className={styles[name]}>
          {field ? <SortButton text={t(label)} direction={order.field === field ? order.direction : null} onPress={() => sortBy(field)} /> : t(label)}
        </div>
      ))}
    </div>
  )
}

function SortButton({ text, direction, onPress }: { text: string; direction: 'ASC' | 'DESC' | null; onPress: () => void }) {
  const t = useStrings()
  const Arrow = direction === 'ASC' ? ArrowUp : ArrowDown
  const state = direction ? `, ${t(direction === 'ASC' ? 'inbox.sort.asc' : 'inbox.sort.desc')}` : ''
  return (
    <button type="button" className={styles.sort} aria-label={`${t('inbox.sort', { column: text })}${state}`} onClick={onPress}>
      {text}
      {direction && <Arrow size={12} aria-hidden />}
    </button>
  )
}
