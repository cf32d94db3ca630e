import { useState } from 'react'
import { useStrings } from '@/app/i18n/use-strings'
import { EditNotice } from '@/features/editing/EditNotice'
import { SaveBar } from '@/features/editing/SaveBar'
import { useEdit } from '@/features/editing/use-edit'
import { useWrite } from '@/graphql/use-write'
import { Segmented } from '@/ui/Segmented'
import { AddQuestion } from './AddQuestion'
import { definitionInput, type Draft, draftOf, editDraft, type EditorAction } from './definition-editor'
import { EmbeddedFields } from './EmbeddedFields'
import { definitionErrors, errorsAfter, type PathErrors } from './path-errors'
import { QuestionList } from './QuestionList'
import styles from './QuestionsTab.module.css'
import { RespondentPreview } from './RespondentPreview'
import { type SurveyDetailFragment, SurveyUpdateDocument } from './surveys.generated'
import { TextPair } from './TextPair'

interface Props {
  survey: SurveyDetailFragment
  canManage: boolean
}

const NO_ERRORS: PathErrors = new Map()

/** The draft of a survey beside what the respondent will see. */
export default function QuestionsTab({ survey, canManage }: Props) {
  return canManage ? <Editor survey={survey} /> : <RespondentPreview draft={draftOf(survey.draft)} />
}

function Editor({ survey }: { survey: SurveyDetailFragment }) {
  const t = useStrings()
  const { send } = useWrite(SurveyUpdateDocument)
  const edit = useEdit<{ definition: Draft }>({ definition: draftOf(survey.draft) }, survey.version, { draft: `survey.${survey.id}` })
  const draft = edit.values.definition
  const [side, setSide] = useState<'edit' | 'preview'>('edit')
  const [errors, setErrors] = useState<PathErrors>(NO_ERRORS)
  function act(action: EditorAction) {
    setErrors(errorsAfter(errors, action))
    edit.change({ definition: editDraft(draft, action) })
  }
  async function save() {
    setErrors(NO_ERRORS)
    const isSaved = await edit.save(async (expectedVersion) => {
      const outcome = await send({ id: survey.id, expectedVersion, input: { definition: definitionInput(draft) } })
      if (!outcome.ok) setErrors(definitionErrors(outcome.errors, draft, t))
      return outcome
    })
    if (!isSaved) requestAnimationFrame(() => document.querySelector<HTMLElement>('#main [aria-invalid="true"]')?.focus())
  }
  function discard() {
    setErrors(NO_ERRORS)
    edit.discard()
  }
  return (
    <>
      <div className={styles.sides}>
        <Segmented
          label={t('surveys.side')}
          value={side}
          onChange={setSide}
          options={[
            { id: 'edit', text: t('surveys.side.edit') },
            { id: 'preview', text: t('surveys.side.preview') },
          ]}
        />
      </div>
      <div className={styles.columns} data-side={side}>
        <div className={styles.editor}>
          <EditNotice edit={errors.size > 0 ? { ...edit, refusals: {} } : edit} name={survey.name} labels={{ definition: t('surveys.tab.questions') }} show={(_, value) => t('surveys.questions.count', { count: (value as Draft).questions.length })} />
          {errors.size > 0 && <Problems errors={errors} />}
          <Texts draft={draft} errors={errors} act={act} />
          <QuestionList questions={draft.questions} errors={errors} act={act} />
          <AddQuestion act={act} />
          <EmbeddedFields names={draft.embeddedFields} error={errors.get('embeddedFields')} onChange={(names) => act({ type: 'embed', names })} />
          <SaveBar isDirty={edit.isDirty} isSending={edit.isSending} onSave={() => void save()} onDiscard={discard} saveLabel={t('surveys.saveDraft')} />
        </div>
        <aside className={styles.preview} aria-label={t('surveys.side.preview')}>
          <RespondentPreview draft={draft} />
        </aside>
      </div>
    </>
  )
}

function Problems({ errors }: { errors: PathErrors }) {
  const t = useStrings()
  const ofAll = errors.get('questions')
  return (
    <div className={styles.problems} role="alert">
      <p>{t('surveys.problems', { count: errors.size })}</p>
      {ofAll && <p>{ofAll}</p>}
    </div>
  )
}

function Texts({ draft, errors, act }: { draft: Draft; errors: PathErrors; act: (action: EditorAction) => void }) {
  const t = useStrings()
  return (
    <section className={styles.texts} aria-label={t('surveys.texts')}>
      {(['title', 'introduction', 'thanks'] as const).map((field) => (
        <TextPair
          key={field}
          label={t(`surveys.text.${field}`)}
          value={draft[field]}
          path={field}
          errors={errors}
          isMultiline={field !== 'title'}
          onChange={(language, text) => act({ type: 'write', field, language, text })}
        />
      ))}
    </section>
  )
}
