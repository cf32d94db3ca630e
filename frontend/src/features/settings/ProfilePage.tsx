import { useStrings } from '@/app/i18n/use-strings'
import { EditNotice } from '@/features/editing/EditNotice'
import { LanguageField } from '@/features/editing/LanguageField'
import { SaveBar } from '@/features/editing/SaveBar'
import { TimeZoneField } from '@/features/editing/TimeZoneField'
import { useEdit } from '@/features/editing/use-edit'
import { typeLabel } from '@/features/people/type-label'
import { ProfileUpdateDocument } from '@/features/session/session.generated'
import { useViewer } from '@/features/session/viewer'
import { useWrite } from '@/graphql/use-write'
import { Form, FormRow } from '@/ui/Form'
import { Section } from '@/ui/Section'
import { TextField } from '@/ui/TextField'
import { ApiTokens } from './ApiTokens'
import { PasswordForm } from './PasswordForm'
import { Sessions } from './Sessions'
import { SettingsPage } from './SettingsPage'

export default function ProfilePage() {
  const t = useStrings()
  const viewer = useViewer()
  return (
    <SettingsPage title={t('settings.profile')} lead={`${viewer.email} · ${typeLabel(viewer.userType, t)}`}>
      <Identity />
      <PasswordForm />
      <Sessions />
      <ApiTokens />
    </SettingsPage>
  )
}

function Identity() {
  const t = useStrings()
  const viewer = useViewer()
  const { send } = useWrite(ProfileUpdateDocument)
  const edit = useEdit({ name: viewer.name, language: viewer.language, timeZone: viewer.timeZone }, viewer.version, { draft: `profile.${viewer.id}` })
  const save = () => void edit.save((expectedVersion, input) => send({ expectedVersion, input }))
  const labels = { name: t('settings.profile.name'), language: t('edit.language'), timeZone: t('edit.timeZone') }
  return (
    <>
      <Section title={t('settings.profile.identity')} text={t('settings.profile.identity.text')}>
        <Form onSubmit={save}>
          <EditNotice edit={edit} name={viewer.name} labels={labels} />
          <TextField label={labels.name} isRequired autoComplete="name" {...edit.field('name')} />
          <FormRow>
            <LanguageField {...edit.field('language')} />
            <TimeZoneField {...edit.field('timeZone')} />
          </FormRow>
        </Form>
      </Section>
      <SaveBar isDirty={edit.isDirty} isSending={edit.isSending} onSave={save} onDiscard={edit.discard} />
    </>
  )
}
