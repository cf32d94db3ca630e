import { Tag } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useQuery } from 'urql'
import { useStrings } from '@/app/i18n/use-strings'
import { Picker } from '@/ui/Picker'
import { segmentOptions, NO_SEGMENT } from './segment-options'
import { FilterChoicesDocument } from './ticket.generated'
import styles from './TicketHeader.module.css'

interface Props {
  label: string
  value: string | null | undefined
  onChange: (segment: string | null) => void
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  fixed: ReactNode
}

/** A segment in use, or a new one as it is typed. */
export function SegmentPicker({ label, value, onChange, ...state }: Props) {
  const t = useStrings()
  const [typed, setTyped] = useState('')
  const [{ data, fetching }] = useQuery({ query: FilterChoicesDocument, pause: !state.isOpen })
  const text = value || t('tickets.segment.none')
  return (
    <Picker
      {...state}
      label={label}
      emptyText={t(fetching ? 'app.loading' : 'tickets.choice.none')}
      search={t('tickets.segment.search')}
      onSearch={setTyped}
      value={value || NO_SEGMENT}
      onChange={(id) => onChange(id === NO_SEGMENT ? null : id)}
      options={segmentOptions(data?.segments ?? [], typed, t('tickets.segment.none'))}
    >
      <Tag size={14} className={styles.muted} aria-hidden />
      <span className={value ? undefined : styles.muted}>{text}</span>
    </Picker>
  )
}
