import { ComboBox as AriaComboBox } from 'react-aria-components'
import { ComboParts } from './ComboParts'
import fieldStyles from './Field.module.css'
import type { Option } from './Select'

interface Props {
  label: string
  hint?: string
  error?: string | null
  isRequired?: boolean
  autoFocus?: boolean
  text: string
  onType: (text: string) => void
  /** What was found for the text. */
  options: Option[]
  /** Said in the list while it is empty; left out, there is no list. */
  emptyText?: string
  onChoose: (id: string) => void
}

/** A text that looks for things while it is typed; any text may stay as it is. */
export function SearchCombo({ autoFocus, text, onType, options, onChoose, ...parts }: Props) {
  return (
    <AriaComboBox
      className={fieldStyles.field}
      allowsCustomValue
      isRequired={parts.isRequired}
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- a dialog's first field, asked for by its owner
      autoFocus={autoFocus}
      validationBehavior="aria"
      inputValue={text}
      onInputChange={onType}
      items={options}
      allowsEmptyCollection={Boolean(parts.emptyText)}
      onSelectionChange={(id) => id !== null && onChoose(String(id))}
      isInvalid={Boolean(parts.error)}
    >
      <ComboParts {...parts} />
    </AriaComboBox>
  )
}
