import { useQuery } from 'urql'
import { useStrings } from '@/app/i18n/use-strings'
import { Avatar } from '@/ui/Avatar'
import { ComboBox } from '@/ui/ComboBox'
import { PeopleDocument } from './edit.generated'

interface Props {
  label: string
  value: string | null
  onChange: (id: string | null) => void
  /** Only people who may be given tickets. */
  mustWork?: boolean
  /** People who cannot be chosen here. */
  without?: readonly string[]
  error?: string
  isRequired?: boolean
}

const NOBODY: readonly string[] = []

/** One active colleague, found by typing. */
export function PersonField({ label, value, onChange, without = NOBODY, mustWork, error, isRequired }: Props) {
  const t = useStrings()
  const [{ data }] = useQuery({ query: PeopleDocument })
  const people = (data?.users.nodes ?? []).filter(({ id, permissions }) => !without.includes(id) && (!mustWork || permissions.includes('TICKETS_WORK')))
  return (
    <ComboBox
      // The list of a combo box is fixed when it mounts.
      key={`${people.length}-${without.join()}`}
      label={label}
      isRequired={isRequired}
      value={value}
      onChange={onChange}
      error={error}
      emptyText={t('edit.none')}
      options={people.map(({ id, name, initials }) => ({ id, text: name, mark: <Avatar name={name} initials={initials} size={18} /> }))}
    />
  )
}
