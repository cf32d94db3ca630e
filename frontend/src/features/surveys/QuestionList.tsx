import { useId, useState } from 'react'
import { useStrings } from '@/app/i18n/use-strings'
import type { DraftQuestion, EditorAction } from './definition-editor'
import { hasErrorUnder, type PathErrors } from './path-errors'
import { QuestionCard } from './QuestionCard'
import styles from './QuestionsTab.module.css'

interface Props {
  questions: DraftQuestion[]
  errors: PathErrors
  act: (action: EditorAction) => void
}

/** The questions in their order; one is open at a time, or those that were refused. */
export function QuestionList({ questions, errors, act }: Props) {
  const t = useStrings()
  const listId = useId()
  // For those who do not see the rows change places.
  const [said, setSaid] = useState('')
  const [openId, setOpenId] = useState<string | null>(null)
  const [known, setKnown] = useState(() => questions.map(({ id }) => id))
  // A question that was just added is the one to write.
  const added = questions.find(({ id }) => !known.includes(id))
  if (added || known.length !== questions.length) {
    setKnown(questions.map(({ id }) => id))
    if (added && known.length < questions.length) setOpenId(added.id)
  }
  function move(id: string, to: number) {
    const focused = document.activeElement
    act({ type: 'move', id, to })
    // A row that is put elsewhere in the page loses the focus, and with it the next press of the key.
    requestAnimationFrame(() => focused instanceof HTMLElement && focused.focus())
    setSaid(t('surveys.moved', { place: Math.min(Math.max(to, 0), questions.length - 1) + 1 }))
  }
  return (
    <>
      <p role="status" className="visually-hidden">
        {said}
      </p>
      <ol className={styles.questions} aria-label={t('surveys.tab.questions')}>
        {questions.map((question, index) => (
          <QuestionCard
            key={question.id}
            question={question}
            index={index}
            count={questions.length}
            listId={listId}
            errors={errors}
            isOpen={openId === question.id || hasErrorUnder(errors, question.id)}
            onToggle={() => setOpenId(openId === question.id ? null : question.id)}
            onMove={move}
            act={act}
          />
        ))}
      </ol>
    </>
  )
}
