import type { ReactElement } from 'react'
import { Menu as AriaMenu, MenuItem as AriaMenuItem, Popover, SubmenuTrigger } from 'react-aria-components'
import { Check, ChevronRight } from 'lucide-react'
import { useStrings } from '@/app/i18n/use-strings'
import { Menu } from '@/ui/Menu'
import popover from '@/ui/Popover.module.css'
import type { FilterField } from './FilterBar'
import type { Narrowing } from './inbox-query'

interface Props {
  label: string
  trigger: ReactElement
  fields: FilterField[]
  chosen: Narrowing
  onChange: (field: FilterField['field'], values: string[]) => void
}

/** Field, then its values; several may be chosen. */
export function FilterMenu({ label, trigger, fields, chosen, onChange }: Props) {
  return (
    <Menu aria-label={label} trigger={trigger}>
      {fields.map((field) => (
        <SubmenuTrigger key={field.field}>
          <AriaMenuItem id={field.field} className={popover.item} textValue={field.label}>
            <span className={popover.itemText}>{field.label}</span>
            <ChevronRight size={14} aria-hidden />
          </AriaMenuItem>
          <Popover className={popover.popover} offset={-2}>
            <ValueMenu field={field} values={chosen[field.field]} onChange={(values) => onChange(field.field, values)} />
          </Popover>
        </SubmenuTrigger>
      ))}
    </Menu>
  )
}

interface ValueMenuProps {
  field: FilterField
  values: readonly string[]
  onChange: (values: string[]) => void
}

function ValueMenu({ field, values, onChange }: ValueMenuProps) {
  const t = useStrings()
  return (
    <AriaMenu
      className={popover.list}
      aria-label={field.label}
      selectionMode="multiple"
      selectedKeys={values}
      onSelectionChange={(keys) => onChange(keys === 'all' ? field.options.map(({ id }) => id) : [...keys].map(String))}
      renderEmptyState={() => <p className={popover.empty}>{t('inbox.filter.none')}</p>}
    >
      {field.options.map(({ id, text, mark }) => (
        <AriaMenuItem key={id} id={id} className={popover.item} textValue={text}>
          {mark && <span className={popover.itemIcon}>{mark}</span>}
          <span className={popover.itemText}>{text}</span>
          <Check className={popover.check} size={16} aria-hidden />
        </AriaMenuItem>
      ))}
    </AriaMenu>
  )
}
