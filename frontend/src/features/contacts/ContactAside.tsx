import { Link } from 'react-router'
import { useQuery } from 'urql'
import { TimeAgo, useFormats, useStrings } from '@/app/i18n/use-strings'
import { ScoreChip } from '@/features/tickets/ScoreChip'
import { ScoreTrend } from '@/features/tickets/ScoreTrend'
import { StatusMark } from '@/features/tickets/StatusMark'
import { statusLabel } from '@/features/tickets/status-label'
import { groupPhone } from '@/lib/phone-number'
import { EmailAddress } from '@/ui/EmailAddress'
import { Skeleton } from '@/ui/States'
import styles from './ContactPage.module.css'
import type { PageContact } from './ContactPage'
import { ContactResponsesDocument } from './contacts.generated'

const DONE = ['RESOLVED', 'CLOSED']
const MOST_TICKETS = 8
const MOST_RESPONSES = 8

/** What does not move: how to reach them, how they score, what is open. */
export function ContactAside({ contact }: { contact: PageContact }) {
  return (
    <aside className={styles.aside}>
      <Facts contact={contact} />
      <Answers contact={contact} />
    </aside>
  )
}

function Facts({ contact }: { contact: PageContact }) {
  const t = useStrings()
  const formats = useFormats()
  const none = <span className={styles.none}>{t('contacts.unknown')}</span>
  return (
    <dl className={styles.facts}>
      <div>
        <dt>{t('contacts.field.email')}</dt>
        <dd>{contact.email ? (
            <a href={`mailto:${contact.email}`}>
              <EmailAddress address={contact.email} />
            </a>
          ) : none}</dd>
      </div>
      <div>
        <dt>{t('contacts.field.phone')}</dt>
        <dd>{contact.phone ? <a href={`tel:${contact.phone}`}>{groupPhone(contact.phone)}</a> : none}</dd>
      </div>
      <div>
        <dt>{t('contacts.field.externalReference')}</dt>
        <dd>{contact.externalReference ?? none}</dd>
      </div>
      <div>
        <dt>{t('contacts.field.language')}</dt>
        <dd>{contact.language ? t(contact.language === 'FR' ? 'app.language.fr' : 'app.language.en') : none}</dd>
      </div>
      <div>
        <dt>{t('contacts.field.since')}</dt>
        <dd>{formats.dateTime(contact.createdAt)}</dd>
      </div>
    </dl>
  )
}

function Tickets({ contact }: { contact: PageContact }) {
  const t = useStrings()
  const { nodes, totalCount } = contact.tickets
  const openFirst = nodes.toSorted((a, b) => Number(DONE.includes(a.status.category)) - Number(DONE.includes(b.status.category)))
  return (
    <section className={styles.section}>
      <h2 className={styles.title}>{t('contacts.tickets')}</h2>
      {totalCount === 0 && <p className={styles.none}>{t('contacts.tickets.none')}</p>}
      <ul>
        {openFirst.slice(0, MOST_TICKETS).map((ticket) => (
          <li key={ticket.id}>
            <Link to={`/tickets/${ticket.key}`} className={styles.line} data-done={DONE.includes(ticket.status.category) || undefined}>
              <StatusMark category={ticket.status.category} />
              <span className="visually-hidden">{statusLabel(ticket.status, t)}</span>
              <span className={styles.subject}>{ticket.subject}</span>
              <TimeAgo at={ticket.lastActivityAt} />
            </Link>
          </li>
        ))}
      </ul>
      {totalCount > MOST_TICKETS && (
        <Link to={`/inbox?${new URLSearchParams({ view: 'all', q: contact.email ?? contact.name })}`} className={styles.all}>
          {t('contacts.tickets.all', { count: totalCount })}
        </Link>
      )}
    </section>
  )
}

/** Score trend, tickets and responses; the table of responses says what the chart shows. */
function Answers({ contact }: { contact: PageContact }) {
  const t = useStrings()
  const [{ data }] = useQuery({ query: ContactResponsesDocument, variables: { id: contact.id }, requestPolicy: 'cache-and-network' })
  const responses = data?.node && 'responses' in data.node ? data.node.responses : null
  if (!responses) return <Skeleton rows={3} />
  return (
    <>
      {responses.totalCount > 0 && <ScoreTrend name={contact.name} responses={responses.nodes} />}
      <Tickets contact={contact} />
      <section className={styles.section}>
        <h2 className={styles.title}>{t('contacts.responses', { count: responses.totalCount })}</h2>
        <ul>
          {responses.nodes.slice(0, MOST_RESPONSES).map((response) => (
            <li key={response.id} className={styles.line}>
              <span className={styles.chip}>
                <ScoreChip score={response.score} maximum={response.scoreMaximum} scoreClass={response.scoreClass} />
              </span>
              <span className={styles.subject}>{response.survey.name}</span>
              <TimeAgo at={response.submittedAt} />
            </li>
          ))}
        </ul>
        {responses.totalCount > MOST_RESPONSES && <p className={styles.none}>{t('contacts.responses.older', { count: responses.totalCount - MOST_RESPONSES })}</p>}
      </section>
    </>
  )
}
