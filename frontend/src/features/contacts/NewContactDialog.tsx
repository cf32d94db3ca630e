import { useRef, useState } from 'react'
import { useStrings } from '@/app/i18n/use-strings'
import { generalRefusal, useRefusals } from '@/features/editing/refusals'
import { useWrite } from '@/graphql/use-write'
import { newIdempotencyKey } from '@/lib/random'
import { Button } from '@/ui/Button'
import { Dialog, DialogActions } from '@/ui/Dialog'
import { Form } from '@/ui/Form'
import { checkContact, contactInput, type ContactValues, EMPTY_CONTACT } from './contact-form'
import { ContactFields } from './ContactFields'
import { ContactCreateDocument } from './contacts.generated'

export default function NewContactDialog({ onClose, onCreated }: { onClose: () => void; onCreated: (id: string) => void }) {
  const t = useStrings()
  const refusalsOf = useRefusals()
  const [values, setValues] = useState(EMPTY_CONTACT)
  const [refusals, setRefusals] = useState<Record<string, string>>({})
  const { send, isSending } = useWrite(ContactCreateDocument)
  const idempotencyKey = useRef(newIdempotencyKey())
  const field = <Name extends keyof ContactValues>(name: Name) => ({
    value: values[name],
    onChange: (value: ContactValues[Name]) => setValues((current) => ({ ...current, [name]: value })),
    error: refusals[name],
  })
  async function create() {
    const wrong = checkContact(values)
    setRefusals(Object.fromEntries(Object.entries(wrong).map(([name, key]) => [name, t(key)])))
    if (Object.keys(wrong).length > 0) return
    const { isOptedOut: _, ...input } = contactInput(values)
    const outcome = await send({ input, idempotencyKey: idempotencyKey.current })
    if (!outcome.ok) return setRefusals(refusalsOf(outcome))
    onClose()
    if (outcome.payload.contact) onCreated(outcome.payload.contact.id)
  }
  return (
    <Dialog title={t('contacts.new')} width={560} isDismissable={values === EMPTY_CONTACT} onClose={onClose}>
      <Form onSubmit={() => void create()} error={generalRefusal(refusals, Object.keys(values))}>
        <ContactFields field={field} />
        <DialogActions>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button look="primary" type="submit" isPending={isSending}>
            {t('contacts.create')}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  )
}
