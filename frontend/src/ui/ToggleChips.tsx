import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import styles from './ToggleChips.module.css'

interface Props<Id extends string> {
  label: string
  options: { id: Id; text: string }[]
  chosen: ReadonlySet<Id>
  onChange: (chosen: ReadonlySet<Id>) => void
}

/** Several of a few, each pressed or not. */
export function ToggleChips<Id extends string>({ label, options, chosen, onChange }: Props<Id>) {
  return (
    <ToggleButtonGroup
      className={styles.chips}
      aria-label={label}
      selectionMode="multiple"
      selectedKeys={chosen}
      onSelectionChange={(keys) => onChange(new Set([...keys] as Id[]))}
    >
      {options.map(({ id, text }) => (
        <ToggleButton key={id} id={id} className={styles.chip}>
          {text}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}
