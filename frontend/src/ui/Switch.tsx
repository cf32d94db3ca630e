import type { ReactNode } from 'react'
import { Switch as AriaSwitch } from 'react-aria-components'
import styles from './Switch.module.css'

interface Props {
  isOn: boolean
  onChange: (isOn: boolean) => void
  isDisabled?: boolean
  children: ReactNode
}

export function Switch({ isOn, onChange, isDisabled, children }: Props) {
  return (
    <AriaSwitch className={styles.switch} isSelected={isOn} onChange={onChange} isDisabled={isDisabled}>
      <span className={styles.track} aria-hidden />
      <span>{children}</span>
    </AriaSwitch>
  )
}
