import { Check, Ellipsis, type LucideIcon } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { Menu as AriaMenu, MenuItem as AriaMenuItem, MenuTrigger, Popover, Separator, type MenuItemProps, type MenuProps } from 'react-aria-components'
import { IconButton } from './Button'
import { Keys } from './Keys'
import styles from './Popover.module.css'

interface Props<T extends object> extends Omit<MenuProps<T>, 'className' | 'style'> {
  /** The button that opens it. */
  trigger: ReactElement
  placement?: 'bottom start' | 'bottom end' | 'top start' | 'right top'
  /** Given where something else than the button opens it too. */
  isOpen?: boolean
  onOpenChange?: (isOpen: boolean) => void
  children: ReactNode
}

export function Menu<T extends object>({ trigger, placement = 'bottom start', isOpen, onOpenChange, children, ...rest }: Props<T>) {
  return (
    <MenuTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
      {trigger}
      <Popover className={styles.popover} placement={placement} offset={4}>
        <AriaMenu {...rest} className={styles.list}>
          {children}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}

/** What is done rarely, or cannot be taken back, a step away from what is done often. */
export function MoreMenu({ label, onAction, children }: { label: string; onAction: (id: string) => void; children: ReactNode }) {
  return (
    <Menu aria-label={label} placement="bottom end" onAction={(id) => onAction(String(id))} trigger={<IconButton icon={Ellipsis} size="small" label={label} />}>
      {children}
    </Menu>
  )
}

interface ItemProps extends Omit<MenuItemProps, 'className' | 'style' | 'children'> {
  text: string
  hint?: string
  icon?: LucideIcon
  mark?: ReactNode
  keys?: string
  isDanger?: boolean
  /** One of a menu's exclusive choices, and the one in force. */
  isChosen?: boolean
}

export function MenuItem({ text, hint, icon: Icon, mark, keys, isDanger, isChosen, ...rest }: ItemProps) {
  return (
    <AriaMenuItem {...rest} className={styles.item} textValue={text} data-danger={isDanger || undefined}>
      {(Icon || mark) && <span className={styles.itemIcon}>{Icon ? <Icon size={16} aria-hidden /> : mark}</span>}
      <span className={styles.itemText}>
        {text}
        {hint && <span className={styles.itemHint}>{hint}</span>}
      </span>
      {keys && <Keys of={keys} />}
      {isChosen && <Check size={16} aria-hidden />}
    </AriaMenuItem>
  )
}

export function MenuSeparator() {
  return <Separator className={styles.separator} />
}
