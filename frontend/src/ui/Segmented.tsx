import type { LucideIcon } from 'lucide-react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import styles from './Segmented.module.css'
import { Tooltip } from './Tooltip'

interface Props<Id extends string> {
  label: string
  options: { id: Id; text: string; icon?: LucideIcon; keys?: string }[]
  value: Id
  onChange: (value: Id) => void
  /** Icons alone, with the text as tooltip. */
  isCompact?: boolean
}

/** One choice of a few that are all worth seeing. */
export function Segmented<Id extends string>({ label, options, value, onChange, isCompact }: Props<Id>) {
  return (
    <ToggleButtonGroup
      className={styles.group}
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={([key]) => key !== undefined && onChange(key as Id)}
    >
      {options.map(({ id, text, icon: Icon, keys }) =>
        isCompact ? (
          <Tooltip key={id} text={text} keys={keys}>
            <ToggleButton id={id} className={styles.option} aria-label={text}>
              {Icon && <Icon size={16} aria-hidden />}
            </ToggleButton>
          </Tooltip>
        ) : (
          <ToggleButton key={id} id={id} className={styles.option}>
            {Icon && <Icon size={16} aria-hidden />}
            {text}
          </ToggleButton>
        ),
      )}
    </ToggleButtonGroup>
  )
}
