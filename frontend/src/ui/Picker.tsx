import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { Autocomplete, Button, Dialog, DialogTrigger, Input, ListBox, Popover, TextField } from 'react-aria-components'
import { hasWords } from '@/lib/fold'
import styles from './Picker.module.css'
import popover from './Popover.module.css'
import { type Option, OptionItem } from './Select'

interface Props {
  label: string
  options: Option[]
  value: string | null
  onChange: (value: string) => void
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  /** What the closed picker shows. */
  children: ReactNode
  isDisabled?: boolean
  emptyText: string
  /** Placeholder of the search field; left out, there is no search. */
  search?: string
  /** The server searches: what was typed is handed on instead of filtering `options`. */
  onSearch?: (text: string) => void
}

/** A value that is changed where it is read: press it, type if there are many, choose. */
export function Picker({ label, children, isDisabled, isOpen, onOpenChange, ...list }: Props) {
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
      <Button className={styles.trigger} isDisabled={isDisabled}>
        <span className="visually-hidden">{label}</span>
        {children}
        {!isDisabled && <ChevronDown className={styles.chevron} size={14} aria-hidden />}
      </Button>
      <Popover className={popover.popover} offset={4} placement="bottom start">
        <Dialog className={styles.dialog} aria-label={label}>
          <PickerList label={label} {...list} onPicked={() => onOpenChange(false)} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

type ListProps = Omit<Props, 'children' | 'isDisabled' | 'isOpen' | 'onOpenChange'> & { onPicked: () => void }

function PickerList({ label, options, value, onChange, onPicked, emptyText, search, onSearch }: ListProps) {
  function pick(id: string | undefined) {
    onPicked()
    if (id !== undefined && id !== value) onChange(id)
  }
  const list = (
    <ListBox
      className={popover.list}
      aria-label={label}
      items={options}
      selectionMode="single"
      autoFocus={search ? undefined : 'first'}
      selectedKeys={value ? [value] : []}
      // The chosen one again takes it out of the selection, and is also an answer: it closes the list.
      // An `onAction` for that would take Enter away from choosing.
      onSelectionChange={(keys) => keys !== 'all' && pick([...keys].map(String)[0])}
      renderEmptyState={() => <p className={popover.empty}>{emptyText}</p>}
    >
      {(option) => <OptionItem option={option} />}
    </ListBox>
  )
  if (!search) return list
  return (
    <Autocomplete filter={onSearch ? undefined : hasWords} onInputChange={onSearch}>
      <TextField className={styles.search} aria-label={search} autoFocus>
        <Input className={styles.input} placeholder={search} />
      </TextField>
      {list}
    </Autocomplete>
  )
}
