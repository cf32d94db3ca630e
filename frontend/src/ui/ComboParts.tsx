import { ChevronDown } from 'lucide-react'
import { Button, FieldError, Input, ListBox, Popover, Text } from 'react-aria-components'
import fieldStyles from './Field.module.css'
import popoverStyles from './Popover.module.css'
import { type Option, OptionItem } from './Select'
import { FieldLabel } from './TextField'

interface Props {
  label: string
  hint?: string
  error?: string | null
  isRequired?: boolean
  placeholder?: string
  /** A button that opens the whole list; left out where there is no whole list. */
  hasButton?: boolean
  /** Said in the list while it is empty. */
  emptyText?: string
}

/** What every combo box is made of: label, field, refusal, list. */
export function ComboParts({ label, hint, error, isRequired, placeholder, hasButton, emptyText }: Props) {
  return (
    <>
      <FieldLabel text={label} isRequired={isRequired} />
      <div className={hasButton ? fieldStyles.combo : undefined}>
        <Input className={fieldStyles.input} placeholder={placeholder} autoComplete="off" />
        {hasButton && (
          <Button>
            <ChevronDown size={14} aria-hidden />
          </Button>
        )}
      </div>
      {hint && !error && (
        <Text slot="description" className={fieldStyles.hint}>
          {hint}
        </Text>
      )}
      <FieldError className={fieldStyles.error}>{error}</FieldError>
      <Popover className={popoverStyles.popover} offset={4}>
        <ListBox className={popoverStyles.list} renderEmptyState={() => emptyText && <p className={popoverStyles.empty}>{emptyText}</p>}>
          {(option: Option) => <OptionItem option={option} />}
        </ListBox>
      </Popover>
    </>
  )
}
