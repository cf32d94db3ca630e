import { X } from 'lucide-react'
import { useRef } from 'react'
import { useQuery } from 'urql'
import { useStrings } from '@/app/i18n/use-strings'
import { PeopleDocument } from '@/features/editing/edit.generated'
import { EditNotice } from '@/features/editing/EditNotice'
import { PeopleField } from '@/features/editing/PersonField'
import { useEdit } from '@/features/editing/use-edit'
import { useWrite } from '@/graphql/use-write'
import { newIdempotencyKey } from '@/lib/random'
import { Avatar } from '@/ui/Avatar'
import { Button, IconButton } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { Dialog, DialogActions } from '@/ui/Dialog'
import { Form } from '@/ui/Form'
import { TextField } from '@/ui/TextField'
import { TeamCreateDocument, type TeamDetailFragment, TeamUpdateDocument } from './people.generated'
import styles from './People.module.css'

type Person = TeamDetailFragment['members'][number]['user']

interface Member {
  userId: string
  isSupervisor: boolean
}

export default function TeamDialog({ team, onClose }: { team: TeamDetailFragment | null; onClose: () => void }) {
  const t = useStrings()
  const { send: create } = useWrite(TeamCreateDocument)
  const { send: update } = useWrite(TeamUpdateDocument)
  const idempotencyKey = useRef(newIdempotencyKey())
  const current = team?.members ?? []
  const edit = useEdit<{ name: string; members: Member[] }>(
    { name: team?.name ?? '', members: current.map(({ user, isSupervisor }) => ({ userId: user.id, isSupervisor })) },
    team?.version ?? 0,
  )
  const labels = { name: t('people.field.name'), members: t('people.teams.members') }
  async function save() {
    if (!edit.values.name.trim()) return edit.refuse({ name: t('app.required') })
    const isSaved = await edit.save((expectedVersion, typed) =>
      team ? update({ id: team.id, expectedVersion, input: typed }) : create({ input: edit.values, idempotencyKey: idempotencyKey.current }),
    )
    if (isSaved) onClose()
  }
  return (
    <Dialog title={team ? t('people.teams.edit', { name: team.name }) : t('people.teams.new')} width={520} isDismissable={!edit.isDirty} onClose={onClose}>
      <Form onSubmit={() => void save()}>
        <EditNotice edit={edit} name={team?.name ?? ''} labels={labels} show={(field) => (field === 'members' ? current.map(({ user }) => user.name).join(', ') : null)} />
        <TextField label={labels.name} isRequired autoFocus {...edit.field('name')} />
        <MemberList known={current.map(({ user }) => user)} members={edit.values.members} onChange={(members) => edit.change({ members })} />
        <DialogActions>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button look="primary" type="submit" isPending={edit.isSending}>
            {t(team ? 'app.save' : 'people.teams.create')}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  )
}

interface ListProps {
  /** Those of the team as it stands, who may have left meanwhile. */
  known: readonly Person[]
  members: Member[]
  onChange: (members: Member[]) => void
}

function MemberList({ known, members, onChange }: ListProps) {
  const t = useStrings()
  const [{ data }] = useQuery({ query: PeopleDocument })
  const people = [...known, ...(data?.users.nodes ?? [])]
  const choose = (ids: string[]) => onChange(ids.map((userId) => members.find((member) => member.userId === userId) ?? { userId, isSupervisor: false }))
  return (
    <div className={styles.memberList}>
      <PeopleField label={t('people.teams.add')} chosen={members.map(({ userId }) => userId)} onChange={choose} />
      <ul aria-label={t('people.teams.members')}>
        {members.map((member) => {
          const person = people.find(({ id }) => id === member.userId)
          const name = person?.name ?? '…'
          return (
            <li key={member.userId} className={styles.memberRow}>
              <Avatar name={name} initials={person?.initials} size={24} />
              <span className={styles.grow}>{name}</span>
              <Checkbox isChecked={member.isSupervisor} onChange={(isSupervisor) => onChange(members.map((each) => (each === member ? { ...member, isSupervisor } : each)))}>
                {t('people.teams.supervisor')}
              </Checkbox>
              <IconButton icon={X} size="small" label={t('people.teams.remove', { name })} onPress={() => onChange(members.filter((each) => each !== member))} />
            </li>
          )
        })}
      </ul>
    </div>
  )
}
