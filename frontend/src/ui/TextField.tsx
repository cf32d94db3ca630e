import type { HTMLInputTypeAttribute, Ref } from 'react'
import { FieldError, Input, Label, Text, TextArea, TextField as AriaTextField, type TextFieldProps } from 'react-aria-components'
import styles from './Field.module.css'

interface Props extends Omit<TextFieldProps, 'className' | 'style' | 'children' | 'type'> {
  label: string
  hint?: string
  /** The refusal to show; null or undefined when there is none. */
  error?: string | null
  type?: HTMLInputTypeAttribute
  placeholder?: string
  isMultiline?: boolean
  rows?: number
  inputRef?: Ref<HTMLInputElement>
}

export function TextField({ label, hint, error, type = 'text', placeholder, isMultiline, rows = 3, inputRef, ...rest }: Props) {
  return (
    <AriaTextField {...rest} isInvalid={Boolean(error)} validationBehavior="aria" className={styles.field}>
      <FieldLabel text={label} isRequired={rest.isRequired} />
      {isMultiline ? (
        <TextArea className={styles.input} placeholder={placeholder} rows={rows} />
      ) : (
        <Input className={styles.input} type={type} placeholder={placeholder} ref={inputRef} />
      )}
      {hint && !error && (
        <Text slot="description" className={styles.hint}>
          {hint}
        </Text>
      )}
      <FieldError className={styles.error}>{error}</FieldError>
    </AriaTextField>
  )
}

export function FieldLabel({ text, isRequired }: { text: string; isRequired?: boolean }) {
  return (
    <Label className={styles.label}>
      {text}
      {isRequired && (
        <span className={styles.required} aria-hidden>
          {' *'}
        </span>
      )}
    </Label>
  )
}
