import { ArrowDown, ArrowUp } from 'lucide-react'
import { useStrings } from '@/app/i18n/use-strings'
import type { MessageKey } from '@/app/i18n/i18n'
import type { TicketOrder, TicketOrderField } from '@/graphql/generated/schema'
import type { Column } from './list-columns'
import styles from './ListRow.module.css'

interface Props {
  columns: readonly Column[]
  order: TicketOrder
  onOrder: (order: TicketOrder) => void
}

type HeaderName = 'status' | 'key' | 'score' | 'customer' | Column

export const COLUMN_LABELS: Record<HeaderName, MessageKey> = {
  status: 'tickets.field.status',
  key: 'tickets.field.key',
  customer: 'tickets.field.customer',
  survey: 'tickets.field.survey',
  segment: 'tickets.field.segment',
  team: 'tickets.field.team',
  assignee: 'tickets.field.assignee',
  priority: 'tickets.field.priority',
  due: 'tickets.field.due',
  score: 'tickets.field.score',
  created: 'tickets.field.created',
  activity: 'tickets.field.activity',
}

const SORTED_BY: Partial<Record<HeaderName, TicketOrderField>> = {
  priority: 'PRIORITY',
  due: 'DUE_AT',
  score: 'SCORE',
  created: 'CREATED_AT',
  activity: 'LAST_ACTIVITY_AT',
}

export function ListHeader({ columns, order, onOrder }: Props) {
  const names: HeaderName[] = ['status', 'key', 'score', 'customer', ...columns]
  // Numbers are given in order: without the column of the date they sort by it.
  const sortedBy = columns.includes('created') ? SORTED_BY : { ...SORTED_BY, key: 'CREATED_AT' as const }
  const t = useStrings()
  function sortBy(field: TicketOrderField) {
    const isSame = order.field === field
    const first = field === 'DUE_AT' || field === 'SCORE' ? 'ASC' : 'DESC'
    onOrder({ field, direction: isSame ? (order.direction === 'DESC' ? 'ASC' : 'DESC') : first })
  }
  return (
    <div className={styles.header}>
      {names.map((name) => (
        <div key={name} className={styles[name]}>
          <ColumnTitle text={t(COLUMN_LABELS[name])} field={sortedBy[name]} order={order} onSort={sortBy} />
        </div>
      ))}
    </div>
  )
}

interface TitleProps {
  text: string
  field: TicketOrderField | undefined
  order: TicketOrder
  onSort: (field: TicketOrderField) => void
}

function ColumnTitle({ text, field, order, onSort }: TitleProps) {
  if (!field) return <span className={styles.title}>{text}</span>
  return <SortButton text={text} direction={order.field === field ? order.direction : null} onPress={() => onSort(field)} />
}

function SortButton({ text, direction, onPress }: { text: string; direction: 'ASC' | 'DESC' | null; onPress: () => void }) {
  const t = useStrings()
  const Arrow = direction === 'ASC' ? ArrowUp : ArrowDown
  const state = direction ? `, ${t(direction === 'ASC' ? 'inbox.sort.asc' : 'inbox.sort.desc')}` : ''
  return (
    <button type="button" className={styles.sort} aria-label={`${t('inbox.sort', { column: text })}${state}`} onClick={onPress}>
      <span className={styles.title}>{text}</span>
      {direction && <Arrow size={12} aria-hidden />}
    </button>
  )
}
