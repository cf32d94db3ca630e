import { Check, SlidersHorizontal } from 'lucide-react'
import { useState } from 'react'
import { MenuItem as AriaMenuItem } from 'react-aria-components'
import { useStrings } from '@/app/i18n/use-strings'
import { useCommands } from '@/commands/use-commands'
import { IconButton } from '@/ui/Button'
import { Menu } from '@/ui/Menu'
import popover from '@/ui/Popover.module.css'
import { COLUMNS, type Column } from './list-columns'
import { COLUMN_LABELS } from './ListHeader'

interface Props {
  columns: readonly Column[]
  onChange: (columns: readonly Column[]) => void
}

/** Which columns the list shows. */
export function ColumnMenu({ columns, onChange }: Props) {
  const t = useStrings()
  const [isOpen, setOpen] = useState(false)
  useCommands([{ id: 'inbox.columns', label: 'inbox.columns', group: 'inbox.layout', icon: SlidersHorizontal, keys: ['v'], run: () => setOpen(true) }])
  return (
    <Menu
      aria-label={t('inbox.columns')}
      placement="bottom end"
      isOpen={isOpen}
      onOpenChange={setOpen}
      selectionMode="multiple"
      selectedKeys={columns}
      onSelectionChange={(keys) => onChange(COLUMNS.filter((column) => keys === 'all' || keys.has(column)))}
      trigger={<IconButton icon={SlidersHorizontal} label={t('inbox.columns')} keys="v" size="small" />}
    >
      {COLUMNS.map((column) => (
        <AriaMenuItem key={column} id={column} className={popover.item} textValue={t(COLUMN_LABELS[column])}>
          <span className={popover.itemText}>{t(COLUMN_LABELS[column])}</span>
          <Check className={popover.check} size={16} aria-hidden />
        </AriaMenuItem>
      ))}
    </Menu>
  )
}
