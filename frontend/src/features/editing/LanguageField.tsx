import { useStrings } from '@/app/i18n/use-strings'
import type { Language } from '@/graphql/generated/schema'
import { type Option, Select } from '@/ui/Select'

interface FieldProps {
  label?: string
  error?: string
}

interface Props extends FieldProps {
  value: Language
  onChange: (value: Language) => void
}

export function LanguageField({ value, onChange, label, error }: Props) {
  const t = useStrings()
  return <Select label={label ?? t('edit.language')} value={value} onChange={onChange} error={error} options={useLanguageOptions()} />
}

interface OptionalProps extends FieldProps {
  value: Language | null
  onChange: (value: Language | null) => void
}

const UNKNOWN = 'unknown'

/** A language that may not be known. */
export function OptionalLanguageField({ value, onChange, label, error }: OptionalProps) {
  const t = useStrings()
  const options = [{ id: UNKNOWN, text: t('edit.language.unknown') } as const, ...useLanguageOptions()]
  return <Select label={label ?? t('edit.language')} value={value ?? UNKNOWN} onChange={(id) => onChange(id === UNKNOWN ? null : id)} error={error} options={options} />
}

function useLanguageOptions(): Option<Language>[] {
  const t = useStrings()
  return [
    { id: 'FR', text: t('app.language.fr') },
    { id: 'EN', text: t('app.language.en') },
  ]
}
