import { useState } from 'react'
import { useStrings } from '@/app/i18n/use-strings'
import { Button } from '@/ui/Button'
import { DateField } from '@/ui/DateField'
import { Dialog, DialogActions } from '@/ui/Dialog'
import { Form, FormRow } from '@/ui/Form'
import type { PeriodField } from './filter-fields'
import { readDays, writeDays } from './periods'

interface Props {
  field: PeriodField
  value: string
  onChange: (value: string) => void
  onClose: () => void
}

/** Days of one's own; either end may stay open. */
export default function PeriodDialog({ field, value, onChange, onClose }: Props) {
  const t = useStrings()
  const [days, setDays] = useState(readDays(value) ?? { first: '', last: '' })
  const isBackwards = days.first !== '' && days.last !== '' && days.first > days.last
  function apply() {
    if (isBackwards) return
    onChange(writeDays(days.first, days.last))
    onClose()
  }
  return (
    <Dialog title={t(field === 'due' ? 'inbox.period.due' : 'inbox.period.received')} width={420} onClose={onClose}>
      <Form onSubmit={apply}>
        <FormRow>
          <DateField label={t('inbox.period.first')} value={days.first} onChange={(first) => setDays({ ...days, first })} clearLabel={t('inbox.period.clear')} />
          <DateField
            label={t('inbox.period.last')}
            value={days.last}
            onChange={(last) => setDays({ ...days, last })}
            clearLabel={t('inbox.period.clear')}
            error={isBackwards ? t('inbox.period.backwards') : null}
          />
        </FormRow>
        <DialogActions>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button look="primary" type="submit">
            {t('inbox.filter')}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  )
}
