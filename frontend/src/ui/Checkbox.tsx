import { Check, Minus } from 'lucide-react'
import type { ReactNode } from 'react'
import { Checkbox as AriaCheckbox } from 'react-aria-components'
import styles from './Checkbox.module.css'

interface Props {
  isChecked: boolean
  onChange: (isChecked: boolean) => void
  isDisabled?: boolean
  isIndeterminate?: boolean
  /** For a box without words beside it. */
  label?: string
  children?: ReactNode
}

export function Checkbox({ isChecked, onChange, isDisabled, isIndeterminate, label, children }: Props) {
  const Mark = isIndeterminate ? Minus : Check
  return (
    <AriaCheckbox className={styles.checkbox} isSelected={isChecked} onChange={onChange} isDisabled={isDisabled} isIndeterminate={isIndeterminate} aria-label={label}>
      <span className={styles.box} aria-hidden>
        <Mark size={12} strokeWidth={3} />
      </span>
      {children && <span className={styles.text}>{children}</span>}
    </AriaCheckbox>
  )
}
