import { useStrings } from '@/app/i18n/use-strings'
import type { Language } from '@/graphql/generated/schema'
import { Select } from '@/ui/Select'

interface Props {
  value: Language | null
  onChange: (value: Language) => void
  label?: string
  error?: string
}

export function LanguageField({ value, onChange, label, error }: Props) {
  const t = useStrings()
  return (
    <Select
      label={label ?? t('edit.language')}
      value={value}
      onChange={onChange}
      error={error}
      options={[
        { id: 'FR', text: t('app.language.fr') },
        { id: 'EN', text: t('app.language.en') },
      ]}
    />
  )
}
