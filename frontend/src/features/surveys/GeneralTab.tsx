import { useQuery } from 'urql'
import { useStrings } from '@/app/i18n/use-strings'
import { EditNotice } from '@/features/editing/EditNotice'
import { LanguageField } from '@/features/editing/LanguageField'
import { SaveBar } from '@/features/editing/SaveBar'
import { useEdit } from '@/features/editing/use-edit'
import { useWrite } from '@/graphql/use-write'
import { Form, FormRow } from '@/ui/Form'
import { Section } from '@/ui/Section'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import { ProgramChoicesDocument, type SurveyDetailFragment, SurveyUpdateDocument } from './surveys.generated'
import styles from './Surveys.module.css'

export default function GeneralTab({ survey }: { survey: SurveyDetailFragment }) {
  const t = useStrings()
  const [{ data }] = useQuery({ query: ProgramChoicesDocument })
  const { send } = useWrite(SurveyUpdateDocument)
  const edit = useEdit({ name: survey.name, description: survey.description, programId: survey.program.id, language: survey.language }, survey.version, { draft: `survey-general.${survey.id}` })
  const save = () => void edit.save((expectedVersion, input) => send({ id: survey.id, expectedVersion, input }))
  const programs = data?.programs.nodes ?? [survey.program]
  const labels = { name: t('surveys.field.name'), description: t('surveys.field.description'), programId: t('surveys.field.program'), language: t('surveys.field.language') }
  return (
    <div className={styles.narrow}>
      <Section title={t('surveys.tab.general')} text={t('surveys.general.text')}>
        <Form onSubmit={save}>
          <EditNotice edit={edit} name={survey.name} labels={labels} show={(field) => (field === 'programId' ? survey.program.name : null)} />
          <TextField label={labels.name} hint={t('surveys.field.name.hint')} isRequired {...edit.field('name')} />
          <TextField label={labels.description} isMultiline rows={2} {...edit.field('description')} />
          <FormRow>
            <Select label={labels.programId} {...edit.field('programId')} options={programs.map(({ id, name }) => ({ id, text: name }))} />
            <LanguageField label={labels.language} {...edit.field('language')} />
          </FormRow>
        </Form>
      </Section>
      <SaveBar isDirty={edit.isDirty} isSending={edit.isSending} onSave={save} onDiscard={edit.discard} />
    </div>
  )
}
