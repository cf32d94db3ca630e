import { Link } from 'react-router'
import type { MessageKey } from '@/app/i18n/i18n'
import { Sentence, TimeAgo, useStrings } from '@/app/i18n/use-strings'
import { eventIcon } from '@/features/tickets/event-icons'
import { EventSentence } from '@/features/tickets/EventSentence'
import { ScoreChip } from '@/features/tickets/ScoreChip'
import { EventLine } from '@/ui/EventLine'
import type { TimelineEventFragment } from './contacts.generated'
import { FIELD_WORDS, presentEvent, type TimelineEntry } from './timeline-entry'
import styles from './Timeline.module.css'

export function TimelineItem({ event }: { event: TimelineEventFragment }) {
  const entry = presentEvent(event)
  return (
    <EventLine icon={eventIcon(event.kind)} isAlarming={event.kind === 'TICKET_ESCALATED'} when={<TimeAgo at={event.at} />}>
      <p className={styles.headline}>
        <Headline event={event} entry={entry} />
        {entry.score && <ScoreChip score={entry.score.score} maximum={entry.score.scoreMaximum} scoreClass={entry.score.scoreClass} />}
      </p>
      {entry.quote && (
        <blockquote className={styles.quote} data-by={entry.quote.by}>
          {entry.quote.text}
        </blockquote>
      )}
      {entry.changes.length > 0 && <Changes changes={entry.changes} />}
      {entry.ticket && (
        <Link to={`/tickets/${entry.ticket.key}`} className={styles.ticket}>
          <span className={styles.key}>{entry.ticket.key}</span>
          <span className={styles.subject}>{entry.ticket.subject}</span>
        </Link>
      )}
    </EventLine>
  )
}

function Headline({ event, entry }: { event: TimelineEventFragment; entry: TimelineEntry }) {
  const t = useStrings()
  // The quote stands below the headline, so the sentence leaves it out.
  if (entry.headline === 'event') return <EventSentence event={{ ...event, text: null }} />
  const who = <strong className={styles.strong}>{event.actor?.name ?? t('tickets.actor.someone')}</strong>
  return <Sentence id={entry.headline.id} values={{ who, survey: <strong className={styles.strong}>{entry.headline.survey}</strong> }} />
}

/** What the log writes in a way of its own. */
const LOG_WORDS: Record<string, MessageKey> = { True: 'edit.yes', False: 'edit.no', fr: 'app.language.fr', en: 'app.language.en' }

function Changes({ changes }: { changes: TimelineEntry['changes'] }) {
  const t = useStrings()
  const word = (text: string | null | undefined) => (text ? (LOG_WORDS[text] ? t(LOG_WORDS[text]) : text) : t('edit.conflict.empty'))
  return (
    <dl className={styles.changes}>
      {changes.map(({ field, before, after }) => (
        <div key={field}>
          <dt>{t(FIELD_WORDS[field] ?? 'contacts.field.name')}</dt>
          <dd>
            <del>{word(before)}</del>
            <span aria-hidden> → </span>
            <ins>{word(after)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  )
}
