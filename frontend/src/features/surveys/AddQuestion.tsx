import { Plus } from 'lucide-react'
import { useStrings } from '@/app/i18n/use-strings'
import { useCommands } from '@/commands/use-commands'
import type { QuestionKind } from '@/graphql/generated/schema'
import { Button } from '@/ui/Button'
import { Menu, MenuItem } from '@/ui/Menu'
import type { EditorAction } from './definition-editor'
import { KIND_ICONS, KINDS } from './question-kinds'

/** One new question at the end, of the kind that is chosen. */
export function AddQuestion({ act }: { act: (action: EditorAction) => void }) {
  const t = useStrings()
  useCommands(KINDS.map((kind) => ({ id: `question.add.${kind}`, label: { text: t('surveys.addKind', { kind: t(`surveys.kind.${kind}`) }) }, group: 'surveys.title', icon: KIND_ICONS[kind], run: () => act({ type: 'add', kind }) })))
  return (
    <div>
      <Menu
        aria-label={t('surveys.add')}
        onAction={(kind) => act({ type: 'add', kind: kind as QuestionKind })}
        trigger={
          <Button size="small" icon={Plus}>
            {t('surveys.add')}
          </Button>
        }
      >
        {KINDS.map((kind) => (
          <MenuItem key={kind} id={kind} text={t(`surveys.kind.${kind}`)} hint={t(`surveys.kind.hint.${kind}`)} icon={KIND_ICONS[kind]} />
        ))}
      </Menu>
    </div>
  )
}
