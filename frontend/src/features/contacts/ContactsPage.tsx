import { Plus, SearchX, Users } from 'lucide-react'
import { Suspense, useRef, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { useFormats, useStrings } from '@/app/i18n/use-strings'
import { useCommands } from '@/commands/use-commands'
import { useCan } from '@/features/session/viewer'
import { usePagedList } from '@/graphql/use-paged-list'
import { lazyPart } from '@/lib/lazy-part'
import { Button } from '@/ui/Button'
import { OverlayLoading } from '@/ui/Loading'
import { EmptyState, ErrorState, Skeleton } from '@/ui/States'
import { type EntryWish, type WantEntry, useSearchEntry } from '@/ui/search-entry'
import { TypedSearch } from '@/ui/TypedSearch'
import { ContactListDocument, type ContactListQuery } from './contacts.generated'
import { ContactRows } from './ContactRows'
import styles from './ContactsPage.module.css'

const NewContactDialog = lazyPart(() => import('./NewContactDialog'))

const contactsOf = (data: ContactListQuery) => data.contacts

/** Everybody who has ever answered, newest first. */
export function ContactsPage() {
  const t = useStrings()
  const navigate = useNavigate()
  const canEdit = useCan('CONTACTS_EDIT')
  const [params, setParams] = useSearchParams()
  const [isCreating, setCreating] = useState(false)
  const text = params.get('q') ?? ''
  const entry = useSearchEntry()
  useCommands([
    { id: 'contact.new', label: 'contacts.new', group: 'contacts.title', icon: Plus, keys: ['c'], isEnabled: canEdit, run: () => setCreating(true) },
  ])
  return (
    <main id="main" tabIndex={-1} className={styles.page}>
      <title>{`${t('contacts.title')} · Boucle`}</title>
      <header className={styles.header}>
        <h1 className={styles.title}>{t('contacts.title')}</h1>
        <ContactSearch text={text} onSearch={(next) => setParams(next ? { q: next } : {}, { replace: true })} onEntry={entry.want} />
        <span className={styles.space} />
        {canEdit && (
          <Button icon={Plus} size="small" onPress={() => setCreating(true)}>
            {t('contacts.new')}
          </Button>
        )}
      </header>
      <ContactList text={text} wish={entry.wish} onClear={() => setParams({}, { replace: true })} />
      <Suspense fallback={<OverlayLoading />}>
        {isCreating && <NewContactDialog onClose={() => setCreating(false)} onCreated={(id) => void navigate(`/contacts/${id}`)} />}
      </Suspense>
    </main>
  )
}

function ContactList({ text, wish, onClear }: { text: string; wish: EntryWish; onClear: () => void }) {
  const t = useStrings()
  const formats = useFormats()
  const { list, state } = usePagedList(ContactListDocument, { variables: { filter: text ? { text } : null }, connectionOf: contactsOf })
  if (state.error && state.nodes.length === 0) return <ErrorState error={state.error} onRetry={list.refresh} />
  if (state.isLoading) return <Skeleton rows={14} />
  if (state.nodes.length === 0)
    return text ? (
      <EmptyState icon={SearchX} title={t('contacts.empty.search', { text })} text={t('contacts.empty.search.text')} action={<Button onPress={onClear}>{t('edit.search.clear')}</Button>} />
    ) : (
      <EmptyState icon={Users} title={t('contacts.empty')} text={t('contacts.empty.text')} />
    )
  return (
    <>
      <p className={styles.count} role="status">
        {t('contacts.count', { count: state.totalCount ?? state.nodes.length, shown: formats.number(state.totalCount ?? state.nodes.length) })}
      </p>
      <ContactRows rows={state.nodes} text={text} wish={wish} hasMore={state.hasMore} isLoadingMore={state.isLoadingMore} onLoadMore={list.loadMore} />
    </>
  )
}

interface SearchProps {
  text: string
  onSearch: (text: string) => void
  onEntry: WantEntry
}

function ContactSearch({ text, onSearch, onEntry }: SearchProps) {
  const t = useStrings()
  const input = useRef<HTMLInputElement>(null)
  useCommands([{ id: 'contacts.search', label: 'contacts.search', group: 'contacts.title', keys: ['/'], run: () => input.current?.focus() }])
  return (
    <div className={styles.search}>
      <TypedSearch label={t('contacts.search')} clearLabel={t('edit.search.clear')} text={text} onSearch={onSearch} onEntry={onEntry} inputRef={input} />
    </div>
  )
}
