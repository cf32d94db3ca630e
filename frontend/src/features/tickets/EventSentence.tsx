import { Sentence, type Translate, useStrings } from '@/app/i18n/use-strings'
import { useWorkspace } from '@/app/workspace'
import type { TicketPriority } from '@/graphql/generated/schema'
import styles from './EventSentence.module.css'
import { type EventStory, tellEvent } from './event-story'
import { statusLabel } from './status-label'
import type { EventLineFragment } from './ticket.generated'

/** One line of a feed, an activity or a timeline. */
export function EventSentence({ event }: { event: EventLineFragment }) {
  const words = useStoryWords()(event)
  const strong = (text: string) => <strong className={styles.strong}>{text}</strong>
  const values = Object.fromEntries(Object.entries(words.values).map(([name, text]) => [name, strong(text)]))
  return (
    <>
      <Sentence id={words.id} values={values} />
      {event.text && event.kind === 'TICKET_COMMENTED' && <span>{event.text}</span>}
    </>
  )
}

/** The same line as plain text. */
export function useEventText(): (event: EventLineFragment) => string {
  const t = useStrings()
  const wordsOf = useStoryWords()
  return (event) => {
    const { id, values } = wordsOf(event)
    return t(id, values)
  }
}

type StoryValue = 'who' | 'before' | 'after' | 'person' | 'rule'

function useStoryWords(): (event: EventLineFragment) => { id: EventStory['id']; values: Record<StoryValue, string> } {
  const t = useStrings()
  const valueWord = useValueWord()
  return (event) => {
    const { id, ...story } = tellEvent(event)
    const word = (text: string | undefined) => (text ? valueWord(event.kind, text) : t('tickets.nothing'))
    return { id, values: { who: whoActed(event, t), before: word(story.before), after: word(story.after), person: word(story.person), rule: word(story.rule) } }
  }
}

function whoActed({ actorKind, actor }: EventLineFragment, t: Translate): string {
  if (actorKind === 'SYSTEM') return 'Boucle'
  return actorKind === 'CUSTOMER' ? t('tickets.actor.customer') : (actor?.name ?? t('tickets.actor.someone'))
}

/** Statuses and priorities are written into the log by key; everything else as people read it. */
function useValueWord(): (kind: EventLineFragment['kind'], text: string) => string {
  const t = useStrings()
  const { statuses } = useWorkspace()
  return (kind, text) => {
    if (kind === 'TICKET_STATUS_CHANGED') {
      const status = statuses.find(({ key, name, id }) => [key, name, id].includes(text))
      return status ? statusLabel(status, t) : text
    }
    if (kind === 'TICKET_PRIORITY_CHANGED' && /^(high|medium|low)$/i.test(text)) return t(`tickets.priority.${text.toUpperCase() as TicketPriority}`)
    return text
  }
}
