import { Pencil, Plus, Trash2, UsersRound } from 'lucide-react'
import { Suspense, useState } from 'react'
import { useFormats, useStrings } from '@/app/i18n/use-strings'
import { useCommands } from '@/commands/use-commands'
import { useCan } from '@/features/session/viewer'
import { SettingsPage } from '@/features/settings/SettingsPage'
import { usePagedList } from '@/graphql/use-paged-list'
import { lazyPart } from '@/lib/lazy-part'
import { Avatar } from '@/ui/Avatar'
import { Button, IconButton } from '@/ui/Button'
import { OverlayLoading } from '@/ui/Loading'
import { LoadMore } from '@/ui/LoadMore'
import { MenuItem, MoreMenu } from '@/ui/Menu'
import { EmptyState, ErrorState, NoRightState, Skeleton } from '@/ui/States'
import { Table } from '@/ui/Table'
import { Tag } from '@/ui/Tag'
import { DeleteTeamDialog } from './DeleteTeamDialog'
import { type TeamDetailFragment, TeamListDocument, type TeamListQuery } from './people.generated'
import styles from './People.module.css'

const TeamDialog = lazyPart(() => import('./TeamDialog'))

const teamsOf = (data: TeamListQuery) => data.teams

type Open = { kind: 'new' } | { kind: 'edit' | 'delete'; team: TeamDetailFragment } | null

export default function TeamsPage() {
  const t = useStrings()
  const canManage = useCan('TEAMS_MANAGE')
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  useCommands([{ id: 'team.new', label: 'people.teams.new', group: 'people.teams', icon: Plus, keys: ['c'], isEnabled: canManage, run: () => setOpen({ kind: 'new' }) }])
  if (!canManage) return <NoRightState />
  return (
    <SettingsPage
      title={t('people.teams')}
      lead={t('people.teams.lead')}
      actions={
        <Button look="primary" size="small" icon={Plus} onPress={() => setOpen({ kind: 'new' })}>
          {t('people.teams.new')}
        </Button>
      }
    >
      <TeamTable onOpen={setOpen} />
      <Suspense fallback={<OverlayLoading />}>
        {open?.kind === 'new' && <TeamDialog team={null} onClose={close} />}
        {open?.kind === 'edit' && <TeamDialog team={open.team} onClose={close} />}
      </Suspense>
      {open?.kind === 'delete' && <DeleteTeamDialog team={open.team} onClose={close} />}
    </SettingsPage>
  )
}

function TeamTable({ onOpen }: { onOpen: (open: Open) => void }) {
  const t = useStrings()
  const formats = useFormats()
  const { list, state } = usePagedList(TeamListDocument, { connectionOf: teamsOf })
  if (state.error && state.nodes.length === 0) return <ErrorState error={state.error} onRetry={list.refresh} />
  if (state.isLoading) return <Skeleton rows={4} />
  if (state.nodes.length === 0) return <EmptyState icon={UsersRound} title={t('people.teams.none')} text={t('people.teams.none.text')} />
  return (
    <div className={styles.sheet}>
      <Table
        isStacked
        label={t('people.teams')}
        rows={state.nodes}
        rowKey={({ id }) => id}
        onOpen={(team) => onOpen({ kind: 'edit', team })}
        columns={[
          { id: 'name', header: t('people.field.name'), cell: ({ name }) => <span className={styles.name}>{name}</span>, width: '180px' },
          { id: 'members', header: t('people.teams.members'), cell: (team) => <Members team={team} /> },
          { id: 'tickets', header: t('people.field.openTickets'), align: 'end', width: '120px', isSecondary: true, cell: ({ openTicketCount }) => formats.number(openTicketCount) },
          {
            id: 'act',
            header: t('edit.actions'),
              isHeaderHidden: true,
            align: 'end',
            width: '88px',
            cell: (team) => (
              <span onClick={(event) => event.stopPropagation()}>
                <IconButton icon={Pencil} size="small" label={t('people.teams.edit', { name: team.name })} onPress={() => onOpen({ kind: 'edit', team })} />
                <MoreMenu label={t('people.teams.more', { name: team.name })} onAction={() => onOpen({ kind: 'delete', team })}>
                  <MenuItem id="delete" text={t('edit.delete')} icon={Trash2} isDanger />
                </MoreMenu>
              </span>
            ),
          },
        ]}
      />
      {state.hasMore && <LoadMore onReach={list.loadMore} />}
    </div>
  )
}

function Members({ team }: { team: TeamDetailFragment }) {
  const t = useStrings()
  if (team.members.length === 0) return <span className={styles.muted}>{t('people.teams.nobody')}</span>
  return (
    <span className={styles.members}>
      {team.members.map(({ user, isSupervisor }) => (
        <span key={user.id} className={styles.member}>
          <Avatar name={user.name} initials={user.initials} size={20} />
          {user.name}
          {isSupervisor && <Tag>{t('people.teams.supervisor')}</Tag>}
        </span>
      ))}
    </span>
  )
}
