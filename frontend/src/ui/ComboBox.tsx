import { useMemo, useState } from 'react'
import { ComboBox as AriaComboBox } from 'react-aria-components'
import { hasWords } from '@/lib/fold'
import { ComboParts } from './ComboParts'
import fieldStyles from './Field.module.css'
import type { Option } from './Select'

interface FieldProps {
  label: string
  placeholder?: string
  error?: string | null
  isRequired?: boolean
  isDisabled?: boolean
}

const fieldProps = ({ isRequired, error }: FieldProps) => ({ className: fieldStyles.field, isRequired, isInvalid: Boolean(error), validationBehavior: 'aria' }) as const

interface ListProps extends FieldProps {
  options: Option[]
  /** Said in the list while nothing matches. */
  emptyText: string
}

interface Props extends ListProps {
  value: string | null
  onChange: (value: string | null) => void
}

/** A choice among many, found by typing. */
export function ComboBox({ options, value, onChange, isDisabled, ...parts }: Props) {
  return (
    <AriaComboBox
      {...fieldProps(parts)}
      isDisabled={isDisabled}
      defaultItems={options}
      value={value}
      onChange={(key) => onChange(key === null ? null : String(key))}
      allowsEmptyCollection
      menuTrigger="focus"
    >
      <ComboParts {...parts} hasButton />
    </AriaComboBox>
  )
}

interface SeveralProps extends ListProps {
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
}

/** Several of many, found by typing one after the other; what is chosen is shown by the owner of the field. */
export function MultiComboBox({ options, chosen, onChange, isDisabled, ...parts }: SeveralProps) {
  const names = chosen.join()
  // A new list is a new choice to the combo box, and would empty the field.
  const value = useMemo(() => (names ? names.split(',') : []), [names])
  return (
    <AriaComboBox
      {...fieldProps(parts)}
      isDisabled={isDisabled}
      selectionMode="multiple"
      defaultItems={options}
      value={value}
      onChange={(keys) => onChange(keys.map(String))}
      allowsEmptyCollection
      menuTrigger="focus"
    >
      <ComboParts {...parts} hasButton />
    </AriaComboBox>
  )
}

interface FreeProps extends FieldProps {
  suggestions: string[]
  value: string
  onChange: (value: string) => void
}

/** A text with suggestions: anything may be typed. Reports when the field is left or a suggestion is taken. */
export function SuggestField({ suggestions, value, onChange, isDisabled, ...parts }: FreeProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const shown = typed ?? value
  function settle(text: string) {
    setTyped(null)
    if (text.trim() !== value) onChange(text.trim())
  }
  return (
    <AriaComboBox
      {...fieldProps(parts)}
      isDisabled={isDisabled}
      allowsCustomValue
      inputValue={shown}
      onInputChange={setTyped}
      onSelectionChange={(key) => key !== null && settle(String(key))}
      onBlur={() => typed !== null && settle(typed)}
      items={suggestions.filter((text) => hasWords(text, shown)).map((text) => ({ id: text, text }))}
    >
      <ComboParts {...parts} hasButton />
    </AriaComboBox>
  )
}
