import { Search, X } from 'lucide-react'
import type { KeyboardEvent, Ref } from 'react'
import { Button, Input, SearchField as AriaSearchField } from 'react-aria-components'
import styles from './SearchField.module.css'

interface Props {
  label: string
  clearLabel: string
  value: string
  onChange: (value: string) => void
  inputRef?: Ref<HTMLInputElement>
  /** What can be looked for; without it, the label. */
  placeholder?: string
  onKeyDown?: (event: KeyboardEvent) => void
}

export function SearchField({ label, clearLabel, value, onChange, inputRef, placeholder, onKeyDown }: Props) {
  return (
    <AriaSearchField className={styles.search} aria-label={label} value={value} onChange={onChange}>
      <Search className={styles.icon} size={14} aria-hidden />
      <Input className={styles.input} placeholder={placeholder ?? label} title={placeholder} ref={inputRef} onKeyDownCapture={onKeyDown} />
      <Button className={styles.clear} aria-label={clearLabel}>
        <X size={14} aria-hidden />
      </Button>
    </AriaSearchField>
  )
}
