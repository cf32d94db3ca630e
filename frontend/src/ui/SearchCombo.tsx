import { ComboBox as AriaComboBox, FieldError, Input, ListBox, Popover, Text } from 'react-aria-components'
import fieldStyles from './Field.module.css'
import popoverStyles from './Popover.module.css'
import { type Option, OptionItem } from './Select'
import { FieldLabel } from './TextField'

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
export function SearchCombo({ label, hint, error, isRequired, autoFocus, text, onType, options, emptyText, onChoose }: Props) {
  return (
    <AriaComboBox
      className={fieldStyles.field}
      allowsCustomValue
      isRequired={isRequired}
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- a dialog's first field, asked for by its owner
      autoFocus={autoFocus}
      validationBehavior="aria"
      inputValue={text}
      onInputChange={onType}
      items={options}
      allowsEmptyCollection={Boolean(emptyText)}
      onSelectionChange={(id) => id !== null && onChoose(String(id))}
      isInvalid={Boolean(error)}
    >
      <FieldLabel text={label} isRequired={isRequired} />
      <Input className={fieldStyles.input} autoComplete="off" />
      {hint && !error && (
        <Text slot="description" className={fieldStyles.hint}>
          {hint}
        </Text>
      )}
      <FieldError className={fieldStyles.error}>{error}</FieldError>
      <Popover className={popoverStyles.popover} offset={4}>
        <ListBox className={popoverStyles.list} renderEmptyState={() => <p className={popoverStyles.empty}>{emptyText}</p>}>
          {(option: Option) => <OptionItem option={option} />}
        </ListBox>
      </Popover>
    </AriaComboBox>
  )
}
