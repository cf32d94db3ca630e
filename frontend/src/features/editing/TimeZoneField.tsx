import { useStrings } from '@/app/i18n/use-strings'
import { ComboBox } from '@/ui/ComboBox'

const ZONES = Intl.supportedValuesOf('timeZone').map((zone) => ({ id: zone, text: zone.replaceAll('_', ' ') }))

export function TimeZoneField({ value, onChange, error }: { value: string; onChange: (value: string) => void; error?: string }) {
  const t = useStrings()
  // What the server knows and this browser does not can still be shown and kept.
  const options = ZONES.some(({ id }) => id === value) ? ZONES : [{ id: value, text: value }, ...ZONES]
  return (
    <ComboBox label={t('edit.timeZone')} options={options} value={value} onChange={(zone) => zone && onChange(zone)} emptyText={t('edit.timeZone.none')} error={error} />
  )
}
