import { useQuery } from 'urql'
import { useStrings } from '@/app/i18n/use-strings'
import { Avatar } from '@/ui/Avatar'
import { ComboBox, MultiComboBox } from '@/ui/ComboBox'
import type { Option } from '@/ui/Select'
import { PeopleDocument } from './edit.generated'

interface FieldProps {
  label: string
  error?: string
  isRequired?: boolean
}

interface Props extends FieldProps {
  value: string | null
  onChange: (id: string | null) => void
  /** Only people who may be given tickets. */
  mustWork?: boolean
  /** People who cannot be chosen here. */
  without?: readonly string[]
}

/** One active colleague, found by typing. */
export function PersonField({ without, mustWork, ...field }: Props) {
  const t = useStrings()
  return <ComboBox {...field} emptyText={t('edit.none')} options={usePersonOptions({ without, mustWork })} />
}

interface SeveralProps extends FieldProps {
  chosen: readonly string[]
  onChange: (ids: string[]) => void
}

/** Several active colleagues. */
export function PeopleField(field: SeveralProps) {
  const t = useStrings()
  return <MultiComboBox {...field} emptyText={t('edit.none')} options={usePersonOptions({})} />
}

function usePersonOptions({ without = [], mustWork }: Pick<Props, 'without' | 'mustWork'>): Option[] {
  const [{ data }] = useQuery({ query: PeopleDocument })
  return (data?.users.nodes ?? [])
    .filter(({ id, permissions }) => !without.includes(id) && (!mustWork || permissions.includes('TICKETS_WORK')))
    .map(({ id, name, initials }) => ({ id, text: name, mark: <Avatar name={name} initials={initials} size={18} /> }))
}
