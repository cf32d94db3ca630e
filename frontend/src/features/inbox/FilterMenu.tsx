import { Check, ChevronRight } from 'lucide-react'
import type { ReactElement } from 'react'
import { Menu as AriaMenu, MenuItem as AriaMenuItem, Popover, SubmenuTrigger } from 'react-aria-components'
import { useStrings } from '@/app/i18n/use-strings'
import { Menu } from '@/ui/Menu'
import popover from '@/ui/Popover.module.css'
import type { FilterField } from './filter-fields'

interface Props {
  label: string
  trigger: ReactElement
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  fields: FilterField[]
  onChange: (field: FilterField, values: string[]) => void
}

/** Field, then its values; several may be chosen. */
export function FilterMenu({ fields, onChange, label, ...menu }: Props) {
  return (
    <Menu aria-label={label} {...menu}>
      {fields.map((field) => (
        <SubmenuTrigger key={field.field}>
          <AriaMenuItem id={field.field} className={popover.item} textValue={field.label}>
            <span className={popover.itemText}>{field.label}</span>
            <ChevronRight size={14} aria-hidden />
          </AriaMenuItem>
          <Popover className={popover.popover} offset={-2}>
            <ValueMenu field={field} onChange={(values) => onChange(field, values)} />
          </Popover>
        </SubmenuTrigger>
      ))}
    </Menu>
  )
}

interface ValueMenuProps {
  field: FilterField
  onChange: (values: string[]) => void
}

function ValueMenu({ field, onChange }: ValueMenuProps) {
  const t = useStrings()
  return (
    <AriaMenu
      className={popover.list}
      aria-label={field.label}
      selectionMode={field.isPeriod ? 'single' : 'multiple'}
      selectedKeys={field.values}
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
