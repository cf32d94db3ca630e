import { type DateValue, parseDate, parseDateTime } from '@internationalized/date'
import { CalendarDays, ChevronLeft, ChevronRight, X } from 'lucide-react'
import { Button, Calendar, CalendarCell, CalendarGrid, DateInput, DatePicker, DateSegment, Dialog, FieldError, Group, Heading, Popover, Text } from 'react-aria-components'
import styles from './DateField.module.css'
import fieldStyles from './Field.module.css'
import popoverStyles from './Popover.module.css'
import { FieldLabel } from './TextField'

interface Props {
  label: string
  /** "2026-11-20", or "2026-11-20T14:05" where the time counts; empty while nothing, or half a date, is written. */
  value: string
  onChange: (value: string) => void
  withTime?: boolean
  hint?: string
  /** The refusal to show; null or undefined when there is none. */
  error?: string | null
  isRequired?: boolean
  isDisabled?: boolean
  /** Names the button that empties the field; without it there is none. */
  clearLabel?: string
}

/** A date as the language of the screen writes it, whatever the browser's is. For lazy screens: the calendar is heavy. */
export function DateField({ label, value, onChange, withTime = false, hint, error, isRequired, isDisabled, clearLabel }: Props) {
  return (
    <DatePicker
      className={fieldStyles.field}
      value={readDate(value, withTime)}
      onChange={(date) => onChange(writeDate(date))}
      granularity={withTime ? 'minute' : 'day'}
      shouldForceLeadingZeros
      isRequired={isRequired}
      isDisabled={isDisabled}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
    >
      <FieldLabel text={label} isRequired={isRequired} />
      <Group className={styles.group}>
        <DateInput className={styles.input}>{(segment) => <DateSegment className={styles.segment} segment={segment} />}</DateInput>
        {clearLabel && value && (
          // Not the picker's own button: the slot keeps it from opening the calendar.
          <Button slot={null} className={styles.button} aria-label={clearLabel} onPress={() => onChange('')}>
            <X size={14} aria-hidden />
          </Button>
        )}
        <Button className={styles.button}>
          <CalendarDays size={16} aria-hidden />
        </Button>
      </Group>
      {hint && !error && (
        <Text slot="description" className={fieldStyles.hint}>
          {hint}
        </Text>
      )}
      <FieldError className={fieldStyles.error}>{error}</FieldError>
      <Popover className={popoverStyles.popover} offset={4}>
        <Dialog className={styles.dialog}>
          <Month />
        </Dialog>
      </Popover>
    </DatePicker>
  )
}

function Month() {
  return (
    <Calendar>
      <header className={styles.head}>
        <Button slot="previous" className={styles.button}>
          <ChevronLeft size={16} aria-hidden />
        </Button>
        <Heading className={styles.month} />
        <Button slot="next" className={styles.button}>
          <ChevronRight size={16} aria-hidden />
        </Button>
      </header>
      <CalendarGrid className={styles.days}>{(date) => <CalendarCell className={styles.day} date={date} />}</CalendarGrid>
    </Calendar>
  )
}

function readDate(text: string, withTime: boolean): DateValue | null {
  if (!text) return null
  return withTime ? parseDateTime(text) : parseDate(text.slice(0, 10))
}

function writeDate(date: DateValue | null): string {
  // Seconds are not asked for.
  return date ? date.toString().slice(0, 16) : ''
}
