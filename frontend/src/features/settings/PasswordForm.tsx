import { useState } from 'react'
import { useStrings } from '@/app/i18n/use-strings'
import { generalRefusal, useRefusals } from '@/features/editing/refusals'
import { useWrite } from '@/graphql/use-write'
import { Button } from '@/ui/Button'
import { Form, FormRow } from '@/ui/Form'
import { Section } from '@/ui/Section'
import { TextField } from '@/ui/TextField'
import { showToast } from '@/ui/toasts'
import { PasswordChangeDocument } from './settings.generated'
import styles from './SettingsForms.module.css'

export const SHORTEST_PASSWORD = 10

export function PasswordForm() {
  const t = useStrings()
  const refusalsOf = useRefusals()
  const { send, isSending } = useWrite(PasswordChangeDocument)
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [refusals, setRefusals] = useState<Record<string, string>>({})
  async function change() {
    if (!current || next.length < SHORTEST_PASSWORD)
      return setRefusals({ ...(!current && { current: t('app.required') }), ...(next.length < SHORTEST_PASSWORD && { new: t('edit.refused.new.INVALID') }) })
    const outcome = await send({ current, new: next })
    if (!outcome.ok) return setRefusals(refusalsOf(outcome))
    setRefusals({})
    setCurrent('')
    setNext('')
    showToast({ tone: 'success', text: t('settings.password.changed') })
  }
  return (
    <Section title={t('settings.password')} text={t('settings.password.text')}>
      <Form onSubmit={() => void change()} error={generalRefusal(refusals, ['current', 'new'])}>
        <FormRow>
          <TextField label={t('settings.password.current')} type="password" autoComplete="current-password" value={current} onChange={setCurrent} error={refusals.current} />
          <TextField
            label={t('settings.password.new')}
            type="password"
            autoComplete="new-password"
            hint={t('edit.refused.new.INVALID')}
            value={next}
            onChange={setNext}
            error={refusals.new}
          />
        </FormRow>
        <div className={styles.actions}>
          <Button type="submit" isPending={isSending} isDisabled={!current && !next}>
            {t('settings.password.change')}
          </Button>
        </div>
      </Form>
    </Section>
  )
}
