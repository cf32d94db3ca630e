import { ListFilter, X } from 'lucide-react'
import { Suspense, useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { useStrings } from '@/app/i18n/use-strings'
import { lazyPart } from '@/lib/lazy-part'
import { Button } from '@/ui/Button'
import { OverlayLoading } from '@/ui/Loading'
import { type FilterField, type PeriodField, useFilterFields } from './filter-fields'
import styles from './FilterBar.module.css'
import { FilterMenu } from './FilterMenu'
import { type InboxQuery, isNarrowed, NOTHING_NARROWED } from './inbox-query'

const PeriodDialog = lazyPart(() => import('./PeriodDialog'))

interface Props {
  query: InboxQuery
  onChange: (change: Partial<InboxQuery>) => void
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
}

/** The menu of filters and the chips of those in force; loaded when somebody filters. */
export default function FilterTools({ query, onChange, isOpen, onOpenChange }: Props) {
  const t = useStrings()
  const [period, setPeriod] = useState<PeriodField | null>(null)
  const fields = useFilterFields(query)
  function choose(field: FilterField, values: string[]) {
    if (!field.isPeriod) return onChange({ [field.field]: values })
    const [chosen = ''] = values
    if (chosen === 'days') setPeriod(field.field as PeriodField)
    else onChange({ [field.field]: chosen })
  }
  return (
    <>
      <FilterMenu
        label={t('inbox.filter')}
        isOpen={isOpen}
        onOpenChange={onOpenChange}
        trigger={
          <Button look="quiet" size="small" icon={ListFilter}>
            {t('inbox.filter')}
          </Button>
        }
        fields={fields}
        onChange={choose}
      />
      {fields.map((field) => field.values.length > 0 && <FilterChip key={field.field} field={field} onClear={() => onChange({ [field.field]: NOTHING_NARROWED[field.field] })} />)}
      {isNarrowed(query) && (
        <Button look="quiet" size="small" onPress={() => onChange(NOTHING_NARROWED)}>
          {t('inbox.filter.clear')}
        </Button>
      )}
      <Suspense fallback={<OverlayLoading />}>
        {period && <PeriodDialog field={period} value={query[period]} onChange={(value) => onChange({ [period]: value })} onClose={() => setPeriod(null)} />}
      </Suspense>
    </>
  )
}

function FilterChip({ field, onClear }: { field: FilterField; onClear: () => void }) {
  const t = useStrings()
  const names = field.values.map((value) => field.options.find((option) => option.id === value)?.text ?? '…').join(', ')
  return (
    <span className={styles.chip}>
      <span className={styles.chipLabel}>{field.label}</span>
      <span className={styles.chipValue} title={names}>
        {names}
      </span>
      <AriaButton className={styles.chipClear} aria-label={t('inbox.filter.remove', { label: field.label })} onPress={onClear}>
        <X size={12} aria-hidden />
      </AriaButton>
    </span>
  )
}
