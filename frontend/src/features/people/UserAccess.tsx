import { useState } from 'react'
import { useStrings } from '@/app/i18n/use-strings'
import { generalRefusal, useRefusals, useRefusalWords } from '@/features/editing/refusals'
import { useViewer } from '@/features/session/viewer'
import { useWrite } from '@/graphql/use-write'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { Section } from '@/ui/Section'
import { TextField } from '@/ui/TextField'
import { showToast } from '@/ui/toasts'
import { handOverReasons } from './hand-over'
import { HandOverFields } from './HandOver'
import { type UserDetailFragment, UserDeactivateDocument, UserReactivateDocument, UserSetPasswordDocument } from './people.generated'
import styles from './People.module.css'

/** Password, and the end of an account. */
export function UserAccess({ user }: { user: UserDetailFragment }) {
  const t = useStrings()
  const viewer = useViewer()
  const refusalWords = useRefusalWords()
  const { send: reactivate, isSending } = useWrite(UserReactivateDocument)
  const [open, setOpen] = useState<'password' | 'deactivate' | null>(null)
  async function comeBack() {
    const outcome = await reactivate({ id: user.id, expectedVersion: user.version })
    if (!outcome.ok) showToast({ tone: 'danger', text: refusalWords(outcome) })
  }
  return (
    <Section title={t('people.access')} text={t(user.isActive ? 'people.access.active' : 'people.access.inactive', { count: user.openTicketCount })}>
      <div className={styles.row}>
        <Button onPress={() => setOpen('password')}>{t('people.access.password')}</Button>
        {user.isActive ? (
          user.id !== viewer.id && (
            <Button look="danger" onPress={() => setOpen('deactivate')}>
              {t('people.access.deactivate')}
            </Button>
          )
        ) : (
          <Button isPending={isSending} onPress={() => void comeBack()}>
            {t('people.access.reactivate')}
          </Button>
        )}
      </div>
      {open === 'password' && <SetPassword user={user} onClose={() => setOpen(null)} />}
      {open === 'deactivate' && <Deactivate user={user} onClose={() => setOpen(null)} />}
    </Section>
  )
}

function SetPassword({ user, onClose }: { user: UserDetailFragment; onClose: () => void }) {
  const t = useStrings()
  const refusalsOf = useRefusals()
  const { send, isSending } = useWrite(UserSetPasswordDocument)
  const [password, setPassword] = useState('')
  const [revokeTokens, setRevokeTokens] = useState(true)
  const [refusals, setRefusals] = useState<Record<string, string>>({})
  async function set() {
    const outcome = await send({ id: user.id, password, revokeTokens })
    if (!outcome.ok) return setRefusals(refusalsOf(outcome))
    onClose()
    showToast({ tone: 'success', text: t('people.access.password.done', { name: user.name }) })
  }
  return (
    <ConfirmDialog title={t('people.access.password.title', { name: user.name })} confirmLabel={t('people.access.password')} isPending={isSending} error={generalRefusal(refusals, ['password'])} onConfirm={() => void set()} onClose={onClose}>
      <p>{t('people.access.password.text')}</p>
      <TextField label={t('people.user.password')} type="password" autoComplete="new-password" autoFocus hint={t('edit.refused.password.INVALID')} value={password} onChange={setPassword} error={refusals.password} />
      <Checkbox isChecked={revokeTokens} onChange={setRevokeTokens}>
        {t('people.access.password.tokens')}
      </Checkbox>
    </ConfirmDialog>
  )
}

/** Asks for a successor where open tickets are held, at once or when the server says so. */
function Deactivate({ user, onClose }: { user: UserDetailFragment; onClose: () => void }) {
  const t = useStrings()
  const refusalsOf = useRefusals()
  const { send, isSending } = useWrite(UserDeactivateDocument)
  const [successor, setSuccessor] = useState<string | null>(null)
  const [reasons, setReasons] = useState<string[]>([])
  const [refusals, setRefusals] = useState<Record<string, string>>({})
  const mustReassign = user.openTicketCount > 0 || reasons.length > 0
  async function deactivate() {
    const outcome = await send({ id: user.id, expectedVersion: user.version, reassignTo: successor })
    if (outcome.ok) return onClose()
    const asked = handOverReasons(outcome)
    setReasons(asked ?? [])
    setRefusals(asked ? {} : refusalsOf(outcome))
  }
  return (
    <ConfirmDialog
      title={t('people.access.deactivate.title', { name: user.name })}
      confirmLabel={t('people.access.deactivate')}
      isDanger
      isPending={isSending}
      isDisabled={mustReassign && !successor}
      error={generalRefusal(refusals, [])}
      onConfirm={() => void deactivate()}
      onClose={onClose}
    >
      <p>{t('people.access.deactivate.text')}</p>
      {mustReassign && (
        <>
          {reasons.length === 0 && <p>{t('people.access.deactivate.held', { name: user.name, count: user.openTicketCount })}</p>}
          <HandOverFields reasons={reasons} without={[user.id]} successor={successor} onChange={setSuccessor} />
        </>
      )}
    </ConfirmDialog>
  )
}
