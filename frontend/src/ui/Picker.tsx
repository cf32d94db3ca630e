import { ChevronDown, LockKeyhole } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Autocomplete, Button, Dialog, DialogTrigger, Input, ListBox, Popover, TextField, TooltipTrigger } from 'react-aria-components'
import { classNames } from '@/lib/class-names'
import { hasWords } from '@/lib/fold'
import styles from './Picker.module.css'
import popover from './Popover.module.css'
import { type Option, OptionItem } from './Select'
import { TooltipBubble } from './Tooltip'

interface Props {
  label: string
  options: Option[]
  value: string | null
  onChange: (value: string) => void
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  /** What the closed picker shows. */
  children: ReactNode
  /** Why this person cannot change it; null or undefined where they can. */
  fixed?: ReactNode
  emptyText: string
  /** Placeholder of the search field; left out, there is no search. */
  search?: string
  /** The server searches: what was typed is handed on instead of filtering `options`. */
  onSearch?: (text: string) => void
}

/** A value that is changed where it is read: press it, type if there are many, choose. */
export function Picker({ label, children, fixed, isOpen, onOpenChange, ...list }: Props) {
  if (fixed)
    return (
      <FixedValue label={label} reason={fixed} isOpen={isOpen} onOpenChange={onOpenChange}>
        {children}
      </FixedValue>
    )
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
      <Button className={styles.trigger}>
        <span className="visually-hidden">{label}</span>
        {children}
        <ChevronDown className={styles.chevron} size={14} aria-hidden />
      </Button>
      <Popover className={popover.popover} offset={4} placement="bottom start">
        <Dialog className={styles.dialog} aria-label={label}>
          <PickerList label={label} {...list} onPicked={() => onOpenChange(false)} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

type FixedProps = Pick<Props, 'label' | 'isOpen' | 'onOpenChange' | 'children'> & { reason: ReactNode }

/** A value that looks as fixed as it is, and says why to the mouse, to the keyboard and to a finger. */
function FixedValue({ label, reason, isOpen, onOpenChange, children }: FixedProps) {
  const trigger = useRef<HTMLButtonElement>(null)
  const [isPointedAt, setPointedAt] = useState(false)
  useEffect(() => {
    // Asked for by a key: the focus goes along, so that leaving it or Escape closes the words again.
    if (isOpen) trigger.current?.focus()
  }, [isOpen])
  function change(isNowOpen: boolean) {
    setPointedAt(isNowOpen)
    if (!isNowOpen) onOpenChange(false)
  }
  return (
    <TooltipTrigger delay={300} closeDelay={0} shouldCloseOnPress={false} isOpen={isOpen || isPointedAt} onOpenChange={change}>
      <Button ref={trigger} className={classNames(styles.trigger, styles.fixed)} onPress={() => onOpenChange(true)} onBlur={() => change(false)}>
        <span className="visually-hidden">{label}</span>
        {children}
        <LockKeyhole className={styles.lock} size={12} aria-hidden />
      </Button>
      <TooltipBubble>{reason}</TooltipBubble>
    </TooltipTrigger>
  )
}

type ListProps = Omit<Props, 'children' | 'fixed' | 'isOpen' | 'onOpenChange'> & { onPicked: () => void }

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
      {/* Scrolls, and so has to be reachable without a mouse; the field walks it otherwise. */}
      <div className={popover.scroller} tabIndex={0} role="group" aria-label={label}>
        {list}
      </div>
    </Autocomplete>
  )
}
