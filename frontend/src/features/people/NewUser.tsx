import { useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { useQuery } from 'urql'
import { useStrings } from '@/app/i18n/use-strings'
import { useWorkspace } from '@/app/workspace'
import { generalRefusal } from '@/features/editing/refusals'
import { useEdit } from '@/features/editing/use-edit'
import { SettingsPage } from '@/features/settings/SettingsPage'
import { useWrite } from '@/graphql/use-write'
import { newIdempotencyKey } from '@/lib/random'
import { Button } from '@/ui/Button'
import { ButtonLink } from '@/ui/ButtonLink'
import { Form, FormActions } from '@/ui/Form'
import { Section } from '@/ui/Section'
import { TextField } from '@/ui/TextField'
import { UserCreateDocument, UserTypesDocument } from './people.generated'
import { RightsTable } from './RightsTable'
import { UserFields } from './UserFields'
import { newUserValues } from './user-form'

export function NewUser() {
  const t = useStrings()
  const navigate = useNavigate()
  const { organisation } = useWorkspace()
  const [{ data }] = useQuery({ query: UserTypesDocument })
  const { send } = useWrite(UserCreateDocument)
  const edit = useEdit(newUserValues(organisation.language, organisation.timeZone), 0)
  const [password, setPassword] = useState('')
  const idempotencyKey = useRef(newIdempotencyKey())
  const types = data?.userTypes ?? []
  async function create() {
    const { userTypeId, name, email } = edit.values
    const missing = {
      ...(!name.trim() && { name: t('app.required') }),
      ...(!email.trim() && { email: t('app.required') }),
      ...(!userTypeId && { userTypeId: t('app.required') }),
      ...(!password && { password: t('app.required') }),
    }
    if (!userTypeId || Object.keys(missing).length > 0) return edit.refuse(missing)
    let id: string | undefined
    const isCreated = await edit.save(async () => {
      const outcome = await send({ input: { ...edit.values, userTypeId, password }, idempotencyKey: idempotencyKey.current })
      id = outcome.ok ? outcome.payload.user?.id : undefined
      return outcome
    })
    if (isCreated) void navigate(id ? `/settings/users/${id}` : '/settings/users')
  }
  return (
    <SettingsPage title={t('people.users.new')} back={{ to: '/settings/users', text: t('people.users') }}>
      <Form onSubmit={() => void create()} error={generalRefusal(edit.refusals, [...Object.keys(edit.values), 'password'])}>
        <Section title={t('people.user.identity')}>
          <UserFields edit={edit} types={types} />
        </Section>
        <Section title={t('people.user.firstPassword')} text={t('people.user.firstPassword.text')}>
          <TextField label={t('people.user.password')} type="password" autoComplete="new-password" isRequired hint={t('edit.refused.password.INVALID')} value={password} onChange={setPassword} error={edit.refusals.password} />
        </Section>
        {edit.values.userTypeId && (
          <Section title={t('people.rights')} text={t('people.rights.text')} isFlush>
            <RightsTable ofType={types.find(({ id }) => id === edit.values.userTypeId)?.permissions ?? []} own={edit.values} onChange={edit.change} />
          </Section>
        )}
        <FormActions>
          <ButtonLink to="/settings/users">{t('app.cancel')}</ButtonLink>
          <Button look="primary" type="submit" isPending={edit.isSending}>
            {t('people.users.create')}
          </Button>
        </FormActions>
      </Form>
    </SettingsPage>
  )
}
