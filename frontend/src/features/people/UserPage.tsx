import { useState } from 'react'
import { useParams } from 'react-router'
import { useQuery } from 'urql'
import { useStrings } from '@/app/i18n/use-strings'
import { EditNotice } from '@/features/editing/EditNotice'
import { NotFoundState } from '@/features/editing/NotFoundState'
import { SaveBar } from '@/features/editing/SaveBar'
import { useEdit } from '@/features/editing/use-edit'
import { useCan } from '@/features/session/viewer'
import { AccessOfUser } from '@/features/settings/AccessOfUser'
import { SettingsPage } from '@/features/settings/SettingsPage'
import { useWrite } from '@/graphql/use-write'
import { Section } from '@/ui/Section'
import { ErrorScreen, NoRightState, Skeleton } from '@/ui/States'
import { handOverReasons } from './hand-over'
import { HandOverDialog } from './HandOver'
import { NewUser } from './NewUser'
import { type UserDetailFragment, UserPageDocument, UserTypesDocument, UserUpdateDocument } from './people.generated'
import { RightsTable } from './RightsTable'
import { typeLabel } from './type-label'
import { UserAccess } from './UserAccess'
import { UserFields, useUserLabels } from './UserFields'
import { userValues } from './user-form'

export default function UserPage() {
  const { id = '' } = useParams()
  const canManage = useCan('USERS_MANAGE')
  if (!canManage) return <NoRightState />
  return id === 'new' ? <NewUser /> : <KnownUser key={id} id={id} />
}

function KnownUser({ id }: { id: string }) {
  const [{ data, error, fetching }, refresh] = useQuery({ query: UserPageDocument, variables: { id }, requestPolicy: 'cache-and-network' })
  const user = data?.node && 'email' in data.node ? data.node : null
  if (user) return <UserForm user={user} />
  if (error) return <ErrorScreen error={error} onRetry={() => refresh({ requestPolicy: 'network-only' })} />
  return fetching ? <Skeleton rows={10} rowHeight={44} /> : <NotFoundState to="/settings/users" backTo="people.users" />
}

function UserForm({ user }: { user: UserDetailFragment }) {
  const t = useStrings()
  const [{ data }] = useQuery({ query: UserTypesDocument })
  const { send } = useWrite(UserUpdateDocument)
  const edit = useEdit(userValues(user), user.version, { draft: `user.${user.id}` })
  const [reasons, setReasons] = useState<string[] | null>(null)
  const save = (reassignTo: string | null) =>
    void edit.save(async (expectedVersion, { userTypeId, ...input }) => {
      const outcome = await send({ id: user.id, expectedVersion, input: { ...input, ...(userTypeId && { userTypeId }) }, reassignTo })
      setReasons(handOverReasons(outcome))
      return outcome
    })
  const types = data?.userTypes ?? []
  const labels = useUserLabels()
  function show(field: string, value: unknown): string | null {
    if (field === 'userTypeId') return typeLabel(types.find(({ id }) => id === value) ?? { key: '', name: '' }, t)
    if (field === 'teamIds') return user.teams.map(({ name }) => name).join(', ')
    if (Array.isArray(value)) return value.map((permission: string) => t(`people.permission.${permission as 'TICKETS_READ'}`)).join(', ')
    return null
  }
  return (
    <SettingsPage title={user.name} lead={user.email} back={{ to: '/settings/users', text: t('people.users') }}>
      <EditNotice edit={edit} name={user.name} labels={labels} show={show} />
      <Section title={t('people.user.identity')}>
        <UserFields edit={edit} types={types} />
      </Section>
      <Section title={t('people.rights')} text={t('people.rights.text')} isFlush>
        <RightsTable ofType={types.find(({ id }) => id === edit.values.userTypeId)?.permissions ?? []} own={edit.values} onChange={edit.change} />
      </Section>
      <SaveBar isDirty={edit.isDirty} isSending={edit.isSending} onSave={() => save(null)} onDiscard={edit.discard} />
      <UserAccess user={user} />
      {user.isActive && <AccessOfUser id={user.id} />}
      {reasons && (
        <HandOverDialog
          title={t('people.handOver.title', { name: user.name })}
          reasons={reasons}
          without={[user.id]}
          isPending={edit.isSending}
          onConfirm={save}
          onClose={() => setReasons(null)}
        />
      )}
    </SettingsPage>
  )
}
