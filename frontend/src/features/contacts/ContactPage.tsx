import { BellOff, ChevronDown, Pencil } from 'lucide-react'
import { Suspense, useState } from 'react'
import { useParams } from 'react-router'
import { useQuery } from 'urql'
import { useStrings } from '@/app/i18n/use-strings'
import { useCommands } from '@/commands/use-commands'
import { NotFoundState } from '@/features/editing/NotFoundState'
import { useCan } from '@/features/session/viewer'
import { usePagedList } from '@/graphql/use-paged-list'
import { lazyPart } from '@/lib/lazy-part'
import { Avatar } from '@/ui/Avatar'
import { BackLink } from '@/ui/BackLink'
import { Button } from '@/ui/Button'
import { ButtonLink } from '@/ui/ButtonLink'
import { OverlayLoading } from '@/ui/Loading'
import { ErrorScreen, Skeleton } from '@/ui/States'
import { Tag } from '@/ui/Tag'
import { ContactAside } from './ContactAside'
import styles from './ContactPage.module.css'
import { ContactPageDocument, type ContactPageQuery, ContactTimelineDocument, type ContactTimelineQuery } from './contacts.generated'
import { Timeline } from './Timeline'
import { kindsOf, type TimelineTopic } from './timeline-entry'
import { useContactFeed } from './use-contact-feed'

const EditContactDialog = lazyPart(() => import('./EditContactDialog'))

export type PageContact = Extract<NonNullable<ContactPageQuery['node']>, { firstName: string }>

const timelineOf = ({ node }: ContactTimelineQuery) => (node && 'timeline' in node ? node.timeline : null)

/** One customer: who they are, how they score, what is open, and everything that happened. */
export default function ContactPage() {
  const { id = '' } = useParams()
  const [{ data, error, fetching }, refresh] = useQuery({ query: ContactPageDocument, variables: { id }, requestPolicy: 'cache-and-network' })
  const contact = data?.node && 'firstName' in data.node ? (data.node as PageContact) : null
  if (contact && data) return <Contact key={id} contact={contact} cursor={data.liveCursor} onChanged={() => refresh({ requestPolicy: 'network-only' })} />
  if (fetching) return <Skeleton rows={10} rowHeight={44} />
  return error ? <ErrorScreen error={error} onRetry={() => refresh({ requestPolicy: 'network-only' })} /> : <NotFoundState to="/contacts" backTo="contacts.title" />
}

function Contact({ contact, cursor, onChanged }: { contact: PageContact; cursor: string; onChanged: () => void }) {
  const t = useStrings()
  const canEdit = useCan('CONTACTS_EDIT')
  const canOpenTicket = useCan('TICKETS_WORK')
  const [isEditing, setEditing] = useState(false)
  // On a phone, where the story comes first.
  const [isFolded, setFolded] = useState(true)
  const [topics, setTopics] = useState<ReadonlySet<TimelineTopic>>(new Set())
  const { list, state } = usePagedList(ContactTimelineDocument, { variables: { id: contact.id, kinds: kindsOf(topics) }, connectionOf: timelineOf, pageSize: 40 })
  useContactFeed(contact.id, cursor, () => {
    list.refresh()
    onChanged()
  })
  useCommands([{ id: 'contact.edit', label: 'contacts.do.edit', group: 'contacts.title', icon: Pencil, keys: ['e'], isEnabled: canEdit, run: () => setEditing(true) }])
  return (
    <main id="main" tabIndex={-1} className={styles.page}>
      <title>{`${contact.name} · Boucle`}</title>
      <div className={styles.width}>
        <BackLink to="/contacts">{t('contacts.title')}</BackLink>
        <header className={styles.head}>
          <Avatar name={contact.name} size={32} />
          <div className={styles.who}>
            <h1 className={styles.name}>{contact.name}</h1>
            <p className={styles.sub}>{t('contacts.summary', { responses: contact.responseCount, tickets: contact.openTicketCount })}</p>
          </div>
          {contact.isOptedOut && (
            <Tag tone="warning">
              <BellOff size={12} aria-hidden />
              {t('contacts.optedOut')}
            </Tag>
          )}
          {canOpenTicket && <ButtonLink size="small" to={`?new=${contact.id}`}>{t('tickets.new')}</ButtonLink>}
          {canEdit && (
            <Button icon={Pencil} size="small" onPress={() => setEditing(true)}>
              {t('contacts.do.edit')}
            </Button>
          )}
        </header>
        <button type="button" className={styles.fold} aria-expanded={!isFolded} onClick={() => setFolded(!isFolded)}>
          {t(isFolded ? 'contacts.details' : 'contacts.details.hide')}
          <ChevronDown size={14} aria-hidden />
        </button>
        <div className={styles.columns}>
          <Timeline list={list} state={state} topics={topics} onTopics={setTopics} />
          <ContactAside contact={contact} isFolded={isFolded} />
        </div>
      </div>
      <Suspense fallback={<OverlayLoading />}>{isEditing && <EditContactDialog contact={contact} onClose={() => setEditing(false)} />}</Suspense>
    </main>
  )
}
