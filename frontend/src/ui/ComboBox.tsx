import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { Button, ComboBox as AriaComboBox, FieldError, Input, ListBox, Popover } from 'react-aria-components'
import { classNames } from '@/lib/class-names'
import fieldStyles from './Field.module.css'
import popoverStyles from './Popover.module.css'
import { type Option, OptionItem } from './Select'
import { FieldLabel } from './TextField'

interface Props {
  label: string
  options: Option[]
  value: string | null
  onChange: (value: string | null) => void
  emptyText: string
  placeholder?: string
  error?: string | null
  isRequired?: boolean
  isDisabled?: boolean
}

/** A choice among many, found by typing. */
export function ComboBox({ label, options, value, onChange, emptyText, placeholder, error, ...rest }: Props) {
  return (
    <AriaComboBox
      {...rest}
      className={classNames(fieldStyles.field)}
      defaultItems={options}
      selectedKey={value}
      onSelectionChange={(key) => onChange(key === null ? null : String(key))}
      isInvalid={Boolean(error)}
      allowsEmptyCollection
      menuTrigger="focus"
    >
      <FieldLabel text={label} isRequired={rest.isRequired} />
      <ComboInput placeholder={placeholder} />
      <FieldError className={fieldStyles.error}>{error}</FieldError>
      <Popover className={popoverStyles.popover} offset={4}>
        <ListBox className={popoverStyles.list} renderEmptyState={() => <p className={popoverStyles.empty}>{emptyText}</p>}>
          {(option: Option) => <OptionItem option={option} />}
        </ListBox>
      </Popover>
    </AriaComboBox>
  )
}

interface FreeProps extends Omit<Props, 'options' | 'value' | 'onChange' | 'emptyText'> {
  suggestions: string[]
  value: string
  onChange: (value: string) => void
}

/** A text with suggestions: anything may be typed. Reports when the field is left or a suggestion is taken. */
export function SuggestField({ label, suggestions, value, onChange, placeholder, error, ...rest }: FreeProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const shown = typed ?? value
  function settle(text: string) {
    setTyped(null)
    if (text.trim() !== value) onChange(text.trim())
  }
  return (
    <AriaComboBox
      {...rest}
      className={fieldStyles.field}
      allowsCustomValue
      inputValue={shown}
      onInputChange={setTyped}
      onSelectionChange={(key) => key !== null && settle(String(key))}
      onBlur={() => typed !== null && settle(typed)}
      items={suggestions.filter((text) => text.toLowerCase().includes(shown.toLowerCase())).map((text) => ({ id: text, text }))}
      isInvalid={Boolean(error)}
    >
      <FieldLabel text={label} isRequired={rest.isRequired} />
      <ComboInput placeholder={placeholder} />
      <FieldError className={fieldStyles.error}>{error}</FieldError>
      <Popover className={popoverStyles.popover} offset={4}>
        <ListBox className={popoverStyles.list}>{(option: Option) => <OptionItem option={option} />}</ListBox>
      </Popover>
    </AriaComboBox>
  )
}

function ComboInput({ placeholder }: { placeholder?: string }) {
  return (
    <div className={fieldStyles.combo}>
      <Input className={fieldStyles.input} placeholder={placeholder} />
      <Button>
        <ChevronDown size={14} aria-hidden />
      </Button>
    </div>
  )
}
