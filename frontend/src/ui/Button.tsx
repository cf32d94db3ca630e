import type { LucideIcon } from 'lucide-react'
import type { ReactNode, Ref } from 'react'
import { Button as AriaButton, type ButtonProps } from 'react-aria-components'
import { classNames } from '@/lib/class-names'
import styles from './Button.module.css'
import { Tooltip } from './Tooltip'

type Look = 'primary' | 'secondary' | 'quiet' | 'danger'

interface Props extends Omit<ButtonProps, 'className' | 'style' | 'children'> {
  /** One `primary` per screen: it is the accent, "act here". */
  look?: Look
  size?: 'small' | 'normal'
  icon?: LucideIcon
  ref?: Ref<HTMLButtonElement>
  children: ReactNode
}

export function Button({ look = 'secondary', size = 'normal', icon: Icon, children, ...rest }: Props) {
  return (
    <AriaButton {...rest} className={classNames(styles.button, styles[look], styles[size])}>
      {Icon && <Icon size={16} aria-hidden />}
      {children}
    </AriaButton>
  )
}

interface IconButtonProps extends Omit<ButtonProps, 'className' | 'style' | 'children'> {
  icon: LucideIcon
  /** Said by the tooltip and by screen readers. */
  label: string
  keys?: string
  size?: 'small' | 'normal'
}

export function IconButton({ icon: Icon, label, keys, size = 'normal', ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} keys={keys}>
      <AriaButton {...rest} aria-label={label} className={classNames(styles.button, styles.quiet, styles.iconOnly, styles[size])}>
        <Icon size={16} aria-hidden />
      </AriaButton>
    </Tooltip>
  )
}
