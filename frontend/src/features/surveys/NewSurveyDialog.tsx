import { useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { useQuery } from 'urql'
import { useStrings } from '@/app/i18n/use-strings'
import { useWorkspace } from '@/app/workspace'
import { LanguageField } from '@/features/editing/LanguageField'
import { generalRefusal, useRefusals } from '@/features/editing/refusals'
import { useWrite } from '@/graphql/use-write'
import { newIdempotencyKey } from '@/lib/random'
import { Button } from '@/ui/Button'
import { Dialog, DialogActions } from '@/ui/Dialog'
import { Form, FormRow } from '@/ui/Form'
import { Notice } from '@/ui/Notice'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import { ProgramChoicesDocument, ProgramCreateDocument, SurveyCreateDocument } from './surveys.generated'

const NEW_PROGRAM = '__new__'

/** A ready NPS survey, to be shaped afterwards. */
export default function NewSurveyDialog({ programId, onClose }: { programId: string | null; onClose: () => void }) {
  const t = useStrings()
  const navigate = useNavigate()
  const { organisation } = useWorkspace()
  const refusalsOf = useRefusals()
  const [{ data }] = useQuery({ query: ProgramChoicesDocument, requestPolicy: 'cache-and-network' })
  const programs = data?.programs.nodes ?? []
  const [chosen, setChosen] = useState<string | null>(programId)
  const [values, setValues] = useState({ name: '', key: '', programName: '', language: organisation.language })
  const [refusals, setRefusals] = useState<Record<string, string>>({})
  const { send: createProgram, isSending: isMakingProgram } = useWrite(ProgramCreateDocument)
  const { send: createSurvey, isSending: isMakingSurvey } = useWrite(SurveyCreateDocument)
  const keys = useRef({ program: newIdempotencyKey(), survey: newIdempotencyKey() })
  const program = chosen ?? (data && programs.length === 0 ? NEW_PROGRAM : null)
  const field = <Name extends keyof typeof values>(name: Name) => ({
    value: values[name],
    onChange: (value: (typeof values)[Name]) => setValues((before) => ({ ...before, [name]: value })),
    error: refusals[name],
  })

  async function programOfSurvey(): Promise<string | null> {
    if (program !== NEW_PROGRAM) return program
    const outcome = await createProgram({ input: { name: values.programName }, idempotencyKey: keys.current.program })
    if (outcome.ok) return outcome.payload.program?.id ?? null
    const { name, ...others } = refusalsOf(outcome)
    setRefusals({ ...others, ...(name && { programName: name }) })
    return null
  }
  async function create() {
    const missing = {
      ...(!values.name.trim() && { name: t('app.required') }),
      ...(!program && { programId: t('app.required') }),
      ...(program === NEW_PROGRAM && !values.programName.trim() && { programName: t('app.required') }),
    }
    setRefusals(missing)
    if (Object.keys(missing).length > 0) return
    const id = await programOfSurvey()
    if (!id) return
    const { name, key, language } = values
    const outcome = await createSurvey({ input: { programId: id, name, key: key.trim() || null, language }, idempotencyKey: keys.current.survey })
    if (!outcome.ok) return setRefusals(refusalsOf(outcome))
    onClose()
    if (outcome.payload.survey) void navigate(`/settings/surveys/${outcome.payload.survey.key}`)
  }
  return (
    <Dialog title={t('surveys.new')} width={540} isDismissable={!values.name} onClose={onClose}>
      <Form onSubmit={() => void create()} error={generalRefusal(refusals, ['name', 'key', 'programId', 'programName', 'language'])}>
        <Notice tone="info">{t('surveys.new.text')}</Notice>
        <TextField label={t('surveys.field.name')} hint={t('surveys.field.name.hint')} isRequired autoFocus {...field('name')} />
        <FormRow>
          <Select
            label={t('surveys.field.program')}
            isRequired
            value={program}
            onChange={setChosen}
            placeholder={t('surveys.field.program.choose')}
            error={refusals.programId}
            options={[...programs.map(({ id, name }) => ({ id, text: name })), { id: NEW_PROGRAM, text: t('surveys.program.new') }]}
          />
          <LanguageField label={t('surveys.field.language')} {...field('language')} />
        </FormRow>
        {program === NEW_PROGRAM && <TextField label={t('surveys.program.name')} isRequired {...field('programName')} />}
        <TextField label={t('surveys.field.key')} hint={t('surveys.field.key.hint')} {...field('key')} />
        <DialogActions>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button look="primary" type="submit" isPending={isMakingProgram || isMakingSurvey}>
            {t('surveys.create')}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  )
}
