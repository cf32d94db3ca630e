import { useStrings } from '@/app/i18n/use-strings'
import { EditNotice } from '@/features/editing/EditNotice'
import { useEdit } from '@/features/editing/use-edit'
import { useWrite } from '@/graphql/use-write'
import { Button } from '@/ui/Button'
import { Dialog, DialogActions } from '@/ui/Dialog'
import { Form } from '@/ui/Form'
import { Switch } from '@/ui/Switch'
import { checkContact, contactInput, contactValues } from './contact-form'
import { ContactFields } from './ContactFields'
import { type ContactDetailFragment, ContactUpdateDocument } from './contacts.generated'

export default function EditContactDialog({ contact, onClose }: { contact: ContactDetailFragment; onClose: () => void }) {
  const t = useStrings()
  const edit = useEdit(contactValues(contact), contact.version)
  const { send } = useWrite(ContactUpdateDocument)
  async function save() {
    if (!edit.isDirty) return onClose()
    const wrong = checkContact(edit.values)
    if (Object.keys(wrong).length > 0) return edit.refuse(Object.fromEntries(Object.entries(wrong).map(([name, key]) => [name, t(key)])))
    const isSaved = await edit.save((expectedVersion, typed) => send({ id: contact.id, expectedVersion, input: contactInput(typed) }))
    if (isSaved) onClose()
  }
  const labels = {
    firstName: t('contacts.field.firstName'),
    lastName: t('contacts.field.lastName'),
    email: t('contacts.field.email'),
    phone: t('contacts.field.phone'),
    externalReference: t('contacts.field.externalReference'),
    language: t('contacts.field.language'),
    isOptedOut: t('contacts.optedOut'),
  }
  return (
    <Dialog title={t('contacts.edit', { name: contact.name })} width={560} isDismissable={!edit.isDirty} onClose={onClose}>
      <Form onSubmit={() => void save()}>
        <EditNotice edit={edit} name={contact.name} labels={labels} />
        <ContactFields field={edit.field} />
        <Switch isOn={edit.values.isOptedOut} onChange={(isOptedOut) => edit.change({ isOptedOut })}>
          {t('contacts.optedOut')}
        </Switch>
        <DialogActions>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button look="primary" type="submit" isPending={edit.isSending}>
            {t('app.save')}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  )
}
