import { Link } from 'react-router'
import { useQuery } from 'urql'
import { TimeAgo, useFormats, useStrings } from '@/app/i18n/use-strings'
import { ScoreChip } from '@/features/tickets/ScoreChip'
import { ScoreTrend } from '@/features/tickets/ScoreTrend'
import { isDone, TicketLine } from '@/features/tickets/TicketLine'
import { Fact, Facts } from '@/ui/Facts'
import { EmailReach, PhoneReach } from '@/ui/Reach'
import { SideSection } from '@/ui/SideSection'
import { ErrorState, Skeleton } from '@/ui/States'
import styles from './ContactPage.module.css'
import type { PageContact } from './ContactPage'
import { ContactResponsesDocument, type ContactResponsesQuery } from './contacts.generated'

const MOST_TICKETS = 8
const MOST_RESPONSES = 8

type Responses = Extract<NonNullable<ContactResponsesQuery['node']>, { responses: unknown }>['responses']

/** What does not move: how to reach them, how they score, what is open. */
export function ContactAside({ contact, isFolded }: { contact: PageContact; isFolded: boolean }) {
  return (
    <aside className={styles.aside} data-folded={isFolded || undefined}>
      <Details contact={contact} />
      <Answers contact={contact} />
    </aside>
  )
}

function Details({ contact }: { contact: PageContact }) {
  const t = useStrings()
  const formats = useFormats()
  const none = <span className={styles.none}>{t('contacts.unknown')}</span>
  const email = contact.email && <EmailReach name={t('contacts.field.email')} address={contact.email} />
  const phone = contact.phone && <PhoneReach name={t('contacts.field.phone')} phone={contact.phone} />
  return (
    <Facts>
      <Fact name={t('contacts.field.email')}>{email || none}</Fact>
      <Fact name={t('contacts.field.phone')}>{phone || none}</Fact>
      <Fact name={t('contacts.field.externalReference')}>{contact.externalReference || none}</Fact>
      <Fact name={t('contacts.field.language')}>{contact.language ? t(contact.language === 'FR' ? 'app.language.fr' : 'app.language.en') : none}</Fact>
      <Fact name={t('contacts.field.since')}>{formats.dateTime(contact.createdAt)}</Fact>
    </Facts>
  )
}

/** Score trend, tickets and responses; the table of responses says what the chart shows. */
function Answers({ contact }: { contact: PageContact }) {
  const [{ data, error }, refresh] = useQuery({ query: ContactResponsesDocument, variables: { id: contact.id }, requestPolicy: 'cache-and-network' })
  const responses = data?.node && 'responses' in data.node ? data.node.responses : null
  if (error && !responses) return <ErrorState error={error} onRetry={() => refresh({ requestPolicy: 'network-only' })} />
  if (!responses) return <Skeleton rows={3} />
  return (
    <>
      {responses.totalCount > 0 && <ScoreTrend name={contact.name} responses={responses.nodes} />}
      <TicketList contact={contact} />
      <ResponseList responses={responses} />
    </>
  )
}

function TicketList({ contact }: { contact: PageContact }) {
  const t = useStrings()
  const { nodes, totalCount } = contact.tickets
  const openFirst = nodes.toSorted((a, b) => Number(isDone(a)) - Number(isDone(b)))
  return (
    <SideSection title={t('contacts.tickets')} level={2} empty={totalCount === 0 && t('contacts.tickets.none')}>
      <ul>
        {openFirst.slice(0, MOST_TICKETS).map((ticket) => (
          <li key={ticket.id}>
            <TicketLine ticket={ticket} />
          </li>
        ))}
      </ul>
      {totalCount > MOST_TICKETS && (
        <Link to={`/inbox?${new URLSearchParams({ view: 'all', q: contact.email ?? contact.name })}`} className={styles.all}>
          {t('contacts.tickets.all', { count: totalCount })}
        </Link>
      )}
    </SideSection>
  )
}

function ResponseList({ responses }: { responses: Responses }) {
  const t = useStrings()
  const { nodes, totalCount } = responses
  return (
    <SideSection title={t('contacts.responses', { count: totalCount })} level={2}>
      <ul>
        {nodes.slice(0, MOST_RESPONSES).map((response) => (
          <li key={response.id} className={styles.response}>
            <span className={styles.chip}>
              <ScoreChip score={response.score} maximum={response.scoreMaximum} scoreClass={response.scoreClass} />
            </span>
            <span className={styles.survey}>{response.survey.name}</span>
            <TimeAgo at={response.submittedAt} />
          </li>
        ))}
      </ul>
      {totalCount > MOST_RESPONSES && <p className={styles.none}>{t('contacts.responses.older', { count: totalCount - MOST_RESPONSES })}</p>}
    </SideSection>
  )
}
