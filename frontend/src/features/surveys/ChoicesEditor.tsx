import { ChevronDown, ChevronUp, Plus, X } from 'lucide-react'
import { useStrings } from '@/app/i18n/use-strings'
import { Button, IconButton } from '@/ui/Button'
import type { DraftQuestion, EditorAction } from './definition-editor'
import type { PathErrors } from './path-errors'
import styles from './QuestionsTab.module.css'
import { TextPair } from './TextPair'

interface Props {
  question: DraftQuestion
  path: string
  errors: PathErrors
  act: (action: EditorAction) => void
}

export function ChoicesEditor({ question, path, errors, act }: Props) {
  const t = useStrings()
  const { id, choices } = question
  return (
    <div>
      <ol className={styles.choices} aria-label={t('surveys.choices')}>
        {choices.map((choice, index) => (
          <li key={choice.key} className={styles.choice}>
            <TextPair
              label={t('surveys.choice', { number: index + 1 })}
              value={choice.text}
              path={`${path}.${index}.text`}
              errors={errors}
              onChange={(language, text) => act({ type: 'changeChoice', id, index, change: { text: { ...choice.text, [language]: text } } })}
            />
            <span className={styles.choiceActs}>
              <IconButton icon={ChevronUp} size="small" label={t('surveys.choice.up')} isDisabled={index === 0} onPress={() => act({ type: 'moveChoice', id, index, to: index - 1 })} />
              <IconButton icon={ChevronDown} size="small" label={t('surveys.choice.down')} isDisabled={index === choices.length - 1} onPress={() => act({ type: 'moveChoice', id, index, to: index + 1 })} />
              <IconButton icon={X} size="small" label={t('surveys.choice.remove')} onPress={() => act({ type: 'removeChoice', id, index })} />
            </span>
          </li>
        ))}
      </ol>
      {errors.get(path) && <p className={styles.error}>{errors.get(path)}</p>}
      <Button size="small" look="quiet" icon={Plus} onPress={() => act({ type: 'addChoice', id })}>
        {t('surveys.choice.add')}
      </Button>
    </div>
  )
}
