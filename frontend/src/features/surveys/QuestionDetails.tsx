import { useStrings } from '@/app/i18n/use-strings'
import type { ContactField } from '@/graphql/generated/schema'
import { FormRow } from '@/ui/Form'
import { Select } from '@/ui/Select'
import { Switch } from '@/ui/Switch'
import { TextField } from '@/ui/TextField'
import { ChoicesEditor } from './ChoicesEditor'
import { type DraftQuestion, type EditorAction, isScored } from './definition-editor'
import type { PathErrors } from './path-errors'
import { KIND_ICONS, KINDS } from './question-kinds'
import styles from './QuestionsTab.module.css'
import { TextPair } from './TextPair'

interface Props {
  question: DraftQuestion
  path: string
  errors: PathErrors
  act: (action: EditorAction) => void
}

const NONE = '__none__'
const CONTACT_FIELDS: ContactField[] = ['FIRST_NAME', 'LAST_NAME', 'EMAIL', 'PHONE']
const POINTS = ['5', '7'] as const

export function QuestionDetails({ question, path, errors, act }: Props) {
  const t = useStrings()
  const change = (next: Partial<Omit<DraftQuestion, 'id' | 'kind' | 'choices'>>) => act({ type: 'change', id: question.id, change: next })
  return (
    <div className={styles.details}>
      <TextPair
        label={t('surveys.question.text')}
        value={question.text}
        path={`${path}.text`}
        errors={errors}
        isMultiline
        onChange={(language, text) => change({ text: { ...question.text, [language]: text } })}
      />
      <FormRow>
        <Select
          label={t('surveys.question.kind')}
          value={question.kind}
          onChange={(kind) => act({ type: 'turnInto', id: question.id, kind })}
          options={KINDS.map((kind) => {
            const Kind = KIND_ICONS[kind]
            return { id: kind, text: t(`surveys.kind.${kind}`), mark: <Kind size={16} aria-hidden /> }
          })}
        />
        <KindOptions question={question} path={path} errors={errors} change={change} />
        <TextField label={t('surveys.question.key')} hint={t('surveys.question.key.hint')} value={question.key} onChange={(key) => change({ key })} error={errors.get(`${path}.key`)} />
      </FormRow>
      <div className={styles.switches}>
        <Switch isOn={question.required} onChange={(required) => change({ required })}>
          {t('surveys.required')}
        </Switch>
        {isScored(question.kind) && (
          <Switch isOn={question.role === 'SCORE'} onChange={(isScore) => change({ role: isScore ? 'SCORE' : null })}>
            {t('surveys.question.isScore')}
          </Switch>
        )}
        {question.kind === 'TEXT' && !question.contactField && (
          <>
            <Switch isOn={question.role === 'COMMENT'} onChange={(isComment) => change({ role: isComment ? 'COMMENT' : null })}>
              {t('surveys.question.isComment')}
            </Switch>
            <Switch isOn={question.multiline} onChange={(multiline) => change({ multiline })}>
              {t('surveys.question.multiline')}
            </Switch>
          </>
        )}
        {question.kind === 'CHOICE' && (
          <Switch isOn={question.multiple} onChange={(multiple) => change({ multiple })}>
            {t('surveys.question.multiple')}
          </Switch>
        )}
      </div>
      {question.kind === 'CHOICE' && <ChoicesEditor question={question} path={`${path}.choices`} errors={errors} act={act} />}
    </div>
  )
}

function KindOptions({ question, path, errors, change }: Pick<Props, 'question' | 'path' | 'errors'> & { change: (next: Partial<DraftQuestion>) => void }) {
  const t = useStrings()
  if (question.kind === 'CSAT' || question.kind === 'CES')
    return (
      <Select
        label={t('surveys.question.points')}
        value={String(question.points) as (typeof POINTS)[number]}
        onChange={(points) => change({ points: Number(points) })}
        error={errors.get(`${path}.points`)}
        options={POINTS.map((id) => ({ id, text: t('surveys.question.pointsOf', { count: Number(id) }) }))}
      />
    )
  if (question.kind === 'TEXT')
    return (
      <Select
        label={t('surveys.question.contactField')}
        value={question.contactField ?? NONE}
        onChange={(field) => change({ contactField: field === NONE ? null : (field as ContactField) })}
        error={errors.get(`${path}.contactField`)}
        options={[{ id: NONE, text: t('surveys.contact.none') }, ...CONTACT_FIELDS.map((id) => ({ id, text: t(`surveys.contact.${id}`) }))]}
      />
    )
  return null
}
