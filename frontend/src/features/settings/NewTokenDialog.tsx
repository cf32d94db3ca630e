import { useState } from 'react'
import { useStrings } from '@/app/i18n/use-strings'
import { generalRefusal, useRefusals } from '@/features/editing/refusals'
import { useViewer } from '@/features/session/viewer'
import type { Permission } from '@/graphql/generated/schema'
import { useWrite } from '@/graphql/use-write'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { CopyField } from '@/ui/CopyField'
import { Dialog, DialogActions } from '@/ui/Dialog'
import { Form, FormRow } from '@/ui/Form'
import { Notice } from '@/ui/Notice'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import { ApiTokenCreateDocument } from './settings.generated'
import styles from './SettingsForms.module.css'

const LIFETIMES = ['30', '90', '365', 'never'] as const
type Lifetime = (typeof LIFETIMES)[number]

/** Makes a token, then shows its secret once. */
export default function NewTokenDialog({ onClose }: { onClose: () => void }) {
  const t = useStrings()
  const [secret, setSecret] = useState<string | null>(null)
  return (
    <Dialog title={t('settings.tokens.new')} width={560} isDismissable={false} onClose={onClose}>
      {secret ? <Secret secret={secret} onClose={onClose} /> : <TokenForm onCreated={setSecret} onClose={onClose} />}
    </Dialog>
  )
}

function TokenForm({ onCreated, onClose }: { onCreated: (secret: string) => void; onClose: () => void }) {
  const t = useStrings()
  const viewer = useViewer()
  const refusalsOf = useRefusals()
  const { send, isSending } = useWrite(ApiTokenCreateDocument)
  const [name, setName] = useState('')
  const [lifetime, setLifetime] = useState<Lifetime>('90')
  const [scope, setScope] = useState<'all' | 'some'>('all')
  const [chosen, setChosen] = useState<Permission[]>([])
  const [refusals, setRefusals] = useState<Record<string, string>>({})
  async function create() {
    if (!name.trim()) return setRefusals({ name: t('app.required') })
    const outcome = await send({ input: { name, expiresInDays: lifetime === 'never' ? null : Number(lifetime), permissions: scope === 'all' ? null : chosen } })
    if (!outcome.ok) return setRefusals(refusalsOf(outcome))
    if (outcome.payload.secret) onCreated(outcome.payload.secret)
  }
  const toggle = (permission: Permission, isOn: boolean) => setChosen((before) => (isOn ? [...before, permission] : before.filter((each) => each !== permission)))
  return (
    <Form onSubmit={() => void create()} error={generalRefusal(refusals, ['name'])}>
      <TextField label={t('settings.tokens.name')} hint={t('settings.tokens.name.hint')} isRequired autoFocus value={name} onChange={setName} error={refusals.name} />
      <FormRow>
        <Select label={t('settings.tokens.lifetime')} value={lifetime} onChange={setLifetime} options={LIFETIMES.map((id) => ({ id, text: t(`settings.tokens.lifetime.${id}`) }))} />
        <Select
          label={t('settings.tokens.rights')}
          value={scope}
          onChange={setScope}
          options={[
            { id: 'all', text: t('settings.tokens.scope.all') },
            { id: 'some', text: t('settings.tokens.scope.some') },
          ]}
        />
      </FormRow>
      {scope === 'some' && (
        <div className={styles.rights} role="group" aria-label={t('settings.tokens.rights')}>
          {viewer.permissions.map((permission) => (
            <Checkbox key={permission} isChecked={chosen.includes(permission)} onChange={(isOn) => toggle(permission, isOn)}>
              {t(`people.permission.${permission}`)}
            </Checkbox>
          ))}
        </div>
      )}
      <DialogActions>
        <Button onPress={onClose}>{t('app.cancel')}</Button>
        <Button look="primary" type="submit" isPending={isSending} isDisabled={scope === 'some' && chosen.length === 0}>
          {t('settings.tokens.create')}
        </Button>
      </DialogActions>
    </Form>
  )
}

function Secret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const t = useStrings()
  return (
    <Form onSubmit={onClose}>
      <Notice tone="warning">{t('settings.tokens.secret.once')}</Notice>
      <CopyField label={t('settings.tokens.secret')} value={secret} copyLabel={t('edit.copy')} copiedLabel={t('edit.copied')} />
      <CopyField label={t('settings.tokens.example')} value={`curl ${location.origin}/graphql \\\n  -H 'Authorization: Bearer ${secret}' \\\n  -H 'Content-Type: application/json' \\\n  -d '{"query":"{ viewer { name } }"}'`} isBlock copyLabel={t('edit.copy')} copiedLabel={t('edit.copied')} />
      <DialogActions>
        <Button look="primary" type="submit">
          {t('settings.tokens.kept')}
        </Button>
      </DialogActions>
    </Form>
  )
}
