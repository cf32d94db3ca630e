import { useStrings } from '@/app/i18n/use-strings'
import { useWorkspace } from '@/app/workspace'
import { EditNotice } from '@/features/editing/EditNotice'
import { LanguageField } from '@/features/editing/LanguageField'
import { SaveBar } from '@/features/editing/SaveBar'
import { TimeZoneField } from '@/features/editing/TimeZoneField'
import { useEdit } from '@/features/editing/use-edit'
import { useCan } from '@/features/session/viewer'
import { useWrite } from '@/graphql/use-write'
import { Form, FormRow } from '@/ui/Form'
import { Section } from '@/ui/Section'
import { NoRightState } from '@/ui/States'
import { TextField } from '@/ui/TextField'
import { OrganisationUpdateDocument } from './settings.generated'
import { SettingsPage } from './SettingsPage'

export default function OrganisationPage() {
  const t = useStrings()
  const canManage = useCan('ORGANISATION_MANAGE')
  if (!canManage) return <NoRightState />
  return (
    <SettingsPage title={t('settings.organisation')} lead={t('settings.organisation.lead')}>
      <OrganisationForm />
    </SettingsPage>
  )
}

function OrganisationForm() {
  const t = useStrings()
  const { organisation } = useWorkspace()
  const { send } = useWrite(OrganisationUpdateDocument)
  const edit = useEdit({ name: organisation.name, language: organisation.language, timeZone: organisation.timeZone }, organisation.version, { draft: 'organisation' })
  const save = () => void edit.save((expectedVersion, input) => send({ expectedVersion, input }))
  const labels = { name: t('settings.organisation.name'), language: t('settings.organisation.language'), timeZone: t('edit.timeZone') }
  return (
    <>
      <Section title={t('settings.organisation.identity')} text={t('settings.organisation.identity.text')}>
        <Form onSubmit={save}>
          <EditNotice edit={edit} name={organisation.name} labels={labels} />
          <TextField label={labels.name} isRequired {...edit.field('name')} />
          <FormRow>
            <LanguageField label={labels.language} {...edit.field('language')} />
            <TimeZoneField {...edit.field('timeZone')} />
          </FormRow>
        </Form>
      </Section>
      <SaveBar isDirty={edit.isDirty} isSending={edit.isSending} onSave={save} onDiscard={edit.discard} />
    </>
  )
}
