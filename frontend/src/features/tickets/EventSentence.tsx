import { Sentence, useStrings } from '@/app/i18n/use-strings'
import { useWorkspace } from '@/app/workspace'
import type { TicketPriority } from '@/graphql/generated/schema'
import styles from './EventSentence.module.css'
import { tellEvent } from './event-story'
import { statusLabel } from './status-label'
import type { EventLineFragment } from './ticket.generated'

/** One line of a feed, an activity or a timeline. */
export function EventSentence({ event }: { event: EventLineFragment }) {
  const t = useStrings()
  const valueWord = useValueWord(event.kind)
  const story = tellEvent(event)
  const who = event.actorKind === 'SYSTEM' ? 'Boucle' : event.actorKind === 'CUSTOMER' ? t('tickets.actor.customer') : (event.actor?.name ?? t('tickets.actor.someone'))
  const strong = (text: string | undefined) => <strong className={styles.strong}>{text ? valueWord(text) : t('tickets.nothing')}</strong>
  return (
    <>
      <Sentence
        id={story.id}
        values={{
          who: <strong className={styles.strong}>{who}</strong>,
          before: strong(story.before),
          after: strong(story.after),
          person: strong(story.person),
          rule: strong(story.rule),
        }}
      />
      {event.text && event.kind === 'TICKET_COMMENTED' && <span>{event.text}</span>}
    </>
  )
}

/** Statuses and priorities are written into the log by key; everything else as people read it. */
function useValueWord(kind: EventLineFragment['kind']): (text: string) => string {
  const t = useStrings()
  const { statuses } = useWorkspace()
  if (kind === 'TICKET_STATUS_CHANGED')
    return (text) => {
      const status = statuses.find(({ key, name, id }) => [key, name, id].includes(text))
      return status ? statusLabel(status, t) : text
    }
  if (kind === 'TICKET_PRIORITY_CHANGED')
    return (text) => (/^(high|medium|low)$/i.test(text) ? t(`tickets.priority.${text.toUpperCase() as TicketPriority}`) : text)
  return (text) => text
}
