import { Check, ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, FieldError, ListBox, ListBoxItem, Popover, Select as AriaSelect, SelectValue } from 'react-aria-components'
import { useStrings } from '@/app/i18n/use-strings'
import { classNames } from '@/lib/class-names'
import fieldStyles from './Field.module.css'
import popoverStyles from './Popover.module.css'
import { FieldLabel } from './TextField'

export interface Option<Id extends string = string> {
  id: Id
  text: string
  hint?: string
  /** A small sign before the text: status, priority, avatar. */
  mark?: ReactNode
}

interface Props<Id extends string> {
  label: string
  options: Option<Id>[]
  value: Id | null
  onChange: (value: Id) => void
  /** Said while nothing is chosen. */
  placeholder?: string
  error?: string | null
  isRequired?: boolean
  isDisabled?: boolean
  /** `plain`: no visible label and no border, for values that are changed where they are read. */
  look?: 'field' | 'plain'
}

export function Select<Id extends string>({ label, options, value, onChange, placeholder, error, look = 'field', ...rest }: Props<Id>) {
  const t = useStrings()
  const isPlain = look === 'plain'
  return (
    <AriaSelect
      {...rest}
      aria-label={isPlain ? label : undefined}
      className={classNames(fieldStyles.field, isPlain && fieldStyles.plain)}
      value={value}
      onChange={(key) => key !== null && onChange(key as Id)}
      placeholder={placeholder ?? t('app.choose')}
      isInvalid={Boolean(error)}
    >
      {!isPlain && <FieldLabel text={label} isRequired={rest.isRequired} />}
      <Button className={fieldStyles.button}>
        <SelectValue className={fieldStyles.value} />
        <ChevronDown className={fieldStyles.chevron} size={14} aria-hidden />
      </Button>
      <FieldError className={fieldStyles.error}>{error}</FieldError>
      <Popover className={popoverStyles.popover} offset={4}>
        <ListBox className={popoverStyles.list} items={options}>
          {(option) => <OptionItem option={option} />}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}

export function OptionItem({ option }: { option: Option }) {
  return (
    <ListBoxItem id={option.id} textValue={option.text} className={popoverStyles.item}>
      {option.mark && <span className={popoverStyles.itemIcon}>{option.mark}</span>}
      <span className={popoverStyles.itemText}>
        {option.text}
        {option.hint && (
          <span className={popoverStyles.itemHint} data-hint>
            {option.hint}
          </span>
        )}
      </span>
      <Check className={popoverStyles.check} size={16} aria-hidden />
    </ListBoxItem>
  )
}
