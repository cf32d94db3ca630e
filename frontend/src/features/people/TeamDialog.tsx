import { X } from 'lucide-react'
import { useRef } from 'react'
import { useQuery } from 'urql'
import { useStrings } from '@/app/i18n/use-strings'
import { PeopleDocument } from '@/features/editing/edit.generated'
import { EditNotice } from '@/features/editing/EditNotice'
import { PersonField } from '@/features/editing/PersonField'
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

interface Member {
  userId: string
  isSupervisor: boolean
}

export default function TeamDialog({ team, onClose }: { team: TeamDetailFragment | null; onClose: () => void }) {
  const t = useStrings()
  const { send: create } = useWrite(TeamCreateDocument)
  const { send: update } = useWrite(TeamUpdateDocument)
  const idempotencyKey = useRef(newIdempotencyKey())
  const edit = useEdit<{ name: string; members: Member[] }>(
    { name: team?.name ?? '', members: (team?.members ?? []).map(({ user, isSupervisor }) => ({ userId: user.id, isSupervisor })) },
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
        <EditNotice edit={edit} name={team?.name ?? ''} labels={labels} show={(field, value) => (field === 'members' ? (team?.members ?? []).map(({ user }) => user.name).join(', ') : String(value))} />
        <TextField label={labels.name} isRequired autoFocus {...edit.field('name')} />
        <MemberList members={edit.values.members} onChange={(members) => edit.change({ members })} />
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

function MemberList({ members, onChange }: { members: Member[]; onChange: (members: Member[]) => void }) {
  const t = useStrings()
  const [{ data }] = useQuery({ query: PeopleDocument })
  const personOf = (userId: string) => data?.users.nodes.find(({ id }) => id === userId)
  return (
    <div>
      <PersonField label={t('people.teams.add')} value={null} without={members.map(({ userId }) => userId)} onChange={(userId) => userId && onChange([...members, { userId, isSupervisor: false }])} />
      <ul aria-label={t('people.teams.members')}>
        {members.map((member) => {
          const name = personOf(member.userId)?.name ?? '…'
          return (
            <li key={member.userId} className={styles.memberRow}>
              <Avatar name={name} initials={personOf(member.userId)?.initials} size={24} />
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
