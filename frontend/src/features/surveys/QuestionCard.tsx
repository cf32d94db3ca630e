import { ChevronDown, ChevronRight, ChevronUp, CircleAlert, GripVertical, Trash2 } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { useLocale, useStrings } from '@/app/i18n/use-strings'
import { isTyping } from '@/commands/keys'
import { IconButton } from '@/ui/Button'
import { Tag, Tags } from '@/ui/Tag'
import type { DraftQuestion, EditorAction } from './definition-editor'
import { hasErrorUnder, type PathErrors } from './path-errors'
import { KIND_ICONS } from './question-kinds'
import { QuestionDetails } from './QuestionDetails'
import styles from './QuestionsTab.module.css'
import { useSortable } from './use-sortable'

interface Props {
  question: DraftQuestion
  index: number
  count: number
  listId: string
  errors: PathErrors
  isOpen: boolean
  onToggle: () => void
  onMove: (id: string, to: number) => void
  act: (action: EditorAction) => void
}

export function QuestionCard({ question, index, count, listId, errors, isOpen, onToggle, onMove, act }: Props) {
  const t = useStrings()
  const locale = useLocale()
  const { row, handle, isDragged, edge } = useSortable({ id: question.id, index, listId, onDrop: onMove })
  const Kind = KIND_ICONS[question.kind]
  const name = question.text[locale] || t('surveys.question.untitled')
  function onKeyDown(event: KeyboardEvent) {
    const step = event.altKey && event.key === 'ArrowUp' ? -1 : event.altKey && event.key === 'ArrowDown' ? 1 : 0
    if (!step || isTyping(event.target as Element)) return
    event.preventDefault()
    onMove(question.id, index + step)
  }
  return (
    <li ref={row} className={styles.question} data-dragged={isDragged || undefined} data-edge={edge ?? undefined} data-open={isOpen || undefined} onKeyDown={onKeyDown}>
      <div className={styles.questionHead}>
        {/* For the mouse alone: a button would not let itself be dragged in every browser, and keys have Alt and the arrows. */}
        <span ref={handle} className={styles.handle} title={t('surveys.question.drag')} aria-hidden>
          <GripVertical size={14} />
        </span>
        <AriaButton className={styles.toggle} aria-expanded={isOpen} onPress={onToggle}>
          <ChevronRight size={14} className={styles.chevron} aria-hidden />
          <Kind size={16} aria-hidden />
          <span className={styles.number}>{index + 1}</span>
          <span className={styles.questionText} data-empty={!question.text[locale] || undefined}>
            {name}
          </span>
          {hasErrorUnder(errors, question.id) && <CircleAlert size={14} className={styles.wrong} aria-label={t('surveys.question.wrong')} />}
        </AriaButton>
        <Marks question={question} />
        <span className={styles.questionActs}>
          <IconButton icon={ChevronUp} size="small" label={t('surveys.question.up')} keys="alt+ArrowUp" isDisabled={index === 0} onPress={() => onMove(question.id, index - 1)} />
          <IconButton icon={ChevronDown} size="small" label={t('surveys.question.down')} keys="alt+ArrowDown" isDisabled={index === count - 1} onPress={() => onMove(question.id, index + 1)} />
          <IconButton icon={Trash2} size="small" label={t('surveys.question.remove')} onPress={() => act({ type: 'remove', id: question.id })} />
        </span>
      </div>
      {isOpen && <QuestionDetails question={question} path={question.id} errors={errors} act={act} />}
    </li>
  )
}

function Marks({ question }: { question: DraftQuestion }) {
  const t = useStrings()
  return (
    <span className={styles.marks}>
      <Tags>
        {question.role && <Tag tone="good">{t(`surveys.role.${question.role}`)}</Tag>}
        {question.contactField && <Tag>{t(`surveys.contact.${question.contactField}`)}</Tag>}
        {question.required && <Tag>{t('surveys.required')}</Tag>}
      </Tags>
    </span>
  )
}
