import { useStrings } from '@/app/i18n/use-strings'
import { OptionalLanguageField } from '@/features/editing/LanguageField'
import { FormRow } from '@/ui/Form'
import { TextField } from '@/ui/TextField'
import type { ContactValues } from './contact-form'

interface Props {
  field: <Name extends keyof ContactValues & string>(name: Name) => { value: ContactValues[Name]; onChange: (value: ContactValues[Name]) => void; error: string | undefined }
}

export function ContactFields({ field }: Props) {
  const t = useStrings()
  return (
    <>
      <FormRow>
        <TextField label={t('contacts.field.firstName')} autoFocus {...field('firstName')} />
        <TextField label={t('contacts.field.lastName')} {...field('lastName')} />
      </FormRow>
      <FormRow>
        <TextField label={t('contacts.field.email')} type="email" {...field('email')} />
        <TextField label={t('contacts.field.phone')} type="tel" {...field('phone')} />
      </FormRow>
      <FormRow>
        <TextField label={t('contacts.field.externalReference')} hint={t('contacts.field.externalReference.hint')} {...field('externalReference')} />
        <OptionalLanguageField label={t('contacts.field.language')} {...field('language')} />
      </FormRow>
    </>
  )
}
