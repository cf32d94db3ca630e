import { CalendarOff, Plus, SearchX } from 'lucide-react'
import { type RefObject, useRef, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { TimeAgo, useFormats, useStrings } from '@/app/i18n/use-strings'
import { useCommands } from '@/commands/use-commands'
import { useCan } from '@/features/session/viewer'
import { SettingsPage } from '@/features/settings/SettingsPage'
import { usePagedList } from '@/graphql/use-paged-list'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { EmailAddress } from '@/ui/EmailAddress'
import { LoadMore } from '@/ui/LoadMore'
import { Segmented } from '@/ui/Segmented'
import { EmptyState, ErrorState, NoRightState, Skeleton } from '@/ui/States'
import { type Column, Table } from '@/ui/Table'
import { Tag, Tags } from '@/ui/Tag'
import { type EntryWish, type WantEntry, useEntryWish, useSearchEntry } from '@/ui/search-entry'
import { TypedSearch } from '@/ui/TypedSearch'
import { UserListDocument, type UserListQuery } from './people.generated'
import styles from './People.module.css'
import { typeLabel } from './type-label'

type Row = UserListQuery['users']['nodes'][number]
type State = 'active' | 'inactive' | 'all'

const usersOf = (data: UserListQuery) => data.users

export default function UsersPage() {
  const t = useStrings()
  const navigate = useNavigate()
  const canManage = useCan('USERS_MANAGE')
  const [text, setText] = useState('')
  const entry = useSearchEntry()
  const [state, setState] = useState<State>('active')
  useCommands([{ id: 'user.new', label: 'people.users.new', group: 'people.users', icon: Plus, keys: ['c'], isEnabled: canManage, run: () => void navigate('/settings/users/new') }])
  if (!canManage) return <NoRightState />
  return (
    <SettingsPage
      title={t('people.users')}
      lead={t('people.users.lead')}
      actions={
        <Button look="primary" size="small" icon={Plus} onPress={() => void navigate('/settings/users/new')}>
          {t('people.users.new')}
        </Button>
      }
    >
      <div className={styles.filters}>
        <UserSearch text={text} onSearch={setText} onEntry={entry.want} />
        <Segmented
          label={t('people.users.state')}
          value={state}
          onChange={setState}
          options={(['active', 'inactive', 'all'] as const).map((id) => ({ id, text: t(`people.users.state.${id}`) }))}
        />
      </div>
      <UserTable text={text} wish={entry.wish} isActive={state === 'all' ? null : state === 'active'} />
    </SettingsPage>
  )
}

interface SearchProps {
  text: string
  onSearch: (text: string) => void
  onEntry: WantEntry
}

function UserSearch({ text, onSearch, onEntry }: SearchProps) {
  const t = useStrings()
  const input = useRef<HTMLInputElement>(null)
  useCommands([{ id: 'users.search', label: 'people.users.search', group: 'people.users', keys: ['/'], run: () => input.current?.focus() }])
  return (
    <div className={styles.search}>
      <TypedSearch label={t('people.users.search')} clearLabel={t('edit.search.clear')} text={text} onSearch={onSearch} onEntry={onEntry} inputRef={input} />
    </div>
  )
}

/** The rows of this table have links of their own, which the keys reach. */
function EntryToUsers({ text, wish, sheet }: { text: string; wish: EntryWish; sheet: RefObject<HTMLDivElement | null> }) {
  const firstLink = () => sheet.current?.querySelector<HTMLAnchorElement>('tbody a')
  useEntryWish(wish, text, { open: () => firstLink()?.click(), walk: () => firstLink()?.focus() })
  return null
}

function UserTable({ text, wish, isActive }: { text: string; wish: EntryWish; isActive: boolean | null }) {
  const t = useStrings()
  const navigate = useNavigate()
  const { list, state } = usePagedList(UserListDocument, { variables: { filter: { text: text || null, isActive } }, connectionOf: usersOf })
  const columns = useUserColumns()
  const sheet = useRef<HTMLDivElement>(null)
  if (state.error && state.nodes.length === 0) return <ErrorState error={state.error} onRetry={list.refresh} />
  if (state.isLoading) return <Skeleton rows={8} />
  if (state.nodes.length === 0) return <EmptyState icon={SearchX} title={t('people.users.none')} />
  return (
    <div className={styles.sheet} ref={sheet}>
      <EntryToUsers text={text} wish={wish} sheet={sheet} />
      <Table label={t('people.users')} rows={state.nodes} rowKey={({ id }) => id} columns={columns} onOpen={({ id }) => void navigate(`/settings/users/${id}`)} />
      {state.isLoadingMore && <Skeleton rows={3} />}
      {state.hasMore && <LoadMore onReach={list.loadMore} />}
    </div>
  )
}

function useUserColumns(): Column<Row>[] {
  const t = useStrings()
  const formats = useFormats()
  return [
    {
      id: 'name',
      header: t('people.field.name'),
      cell: (user) => (
        <span className={styles.who}>
          <Avatar name={user.name} initials={user.initials} size={24} />
          <span className={styles.names}>
            <Link to={`/settings/users/${user.id}`} className={styles.name} data-inactive={!user.isActive || undefined} onClick={(event) => event.stopPropagation()}>
              {user.name}
            </Link>
            <span className={styles.email}>
              <EmailAddress address={user.email} />
            </span>
          </span>
          <span className={styles.state}>
            {!user.isActive && <Tag>{t('people.users.inactive')}</Tag>}
            {user.currentAbsence && (
              <Tag tone="warning">
                <CalendarOff size={12} aria-hidden />
                {t('people.users.away')}
              </Tag>
            )}
          </span>
        </span>
      ),
    },
    { id: 'type', header: t('people.field.type'), cell: ({ userType }) => typeLabel(userType, t), isSecondary: true, width: '190px' },
    {
      id: 'teams',
      header: t('people.field.teams'),
      isSecondary: true,
      width: '200px',
      cell: ({ teams }) => (
        <Tags>
          {teams.map(({ id, name }) => (
            <Tag key={id}>{name}</Tag>
          ))}
        </Tags>
      ),
    },
    { id: 'tickets', header: t('people.field.openTickets'), align: 'end', width: '110px', cell: ({ openTicketCount }) => formats.number(openTicketCount) },
    { id: 'seen', header: t('people.field.seen'), align: 'end', isSecondary: true, width: '90px', cell: ({ lastSeenAt }) => (lastSeenAt ? <TimeAgo at={lastSeenAt} /> : '–') },
  ]
}
