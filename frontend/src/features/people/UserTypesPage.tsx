import { Fragment, useState } from 'react'
import { useQuery } from 'urql'
import { useStrings } from '@/app/i18n/use-strings'
import { isSame } from '@/features/editing/edit-state'
import { generalRefusal, useRefusals } from '@/features/editing/refusals'
import { SaveBar } from '@/features/editing/SaveBar'
import { useCan } from '@/features/session/viewer'
import { SettingsPage } from '@/features/settings/SettingsPage'
import type { Permission } from '@/graphql/generated/schema'
import { hasCode } from '@/graphql/user-errors'
import { useWrite } from '@/graphql/use-write'
import { Checkbox } from '@/ui/Checkbox'
import { Notice } from '@/ui/Notice'
import { ErrorState, NoRightState, Skeleton } from '@/ui/States'
import { showToast } from '@/ui/toasts'
import { type TypeDetailFragment, UserTypesDocument, UserTypeUpdateDocument } from './people.generated'
import styles from './People.module.css'
import { PERMISSION_GROUPS } from './permission-matrix'
import { typeLabel } from './type-label'

/** Changes not saved yet, by type, with the version that was on the screen. */
type Pending = Record<string, { permissions: Permission[]; seen: number }>

export default function UserTypesPage() {
  const t = useStrings()
  const canManage = useCan('USERS_MANAGE')
  const [{ data, error }, refresh] = useQuery({ query: UserTypesDocument, requestPolicy: 'cache-and-network' })
  if (!canManage) return <NoRightState />
  return (
    <SettingsPage title={t('people.types')} lead={t('people.types.lead')}>
      {error && !data && <ErrorState error={error} onRetry={() => refresh({ requestPolicy: 'network-only' })} />}
      {!data && !error && <Skeleton rows={12} />}
      {data && <TypeMatrix types={data.userTypes} />}
    </SettingsPage>
  )
}

function TypeMatrix({ types }: { types: TypeDetailFragment[] }) {
  const t = useStrings()
  const refusalsOf = useRefusals()
  const { send, isSending } = useWrite(UserTypeUpdateDocument)
  const [pending, setPending] = useState<Pending>({})
  const [problems, setProblems] = useState<string[]>([])
  const permissionsOf = (type: TypeDetailFragment) => pending[type.id]?.permissions ?? type.permissions

  function turn(type: TypeDetailFragment, permission: Permission, isOn: boolean) {
    const before = permissionsOf(type)
    const permissions = isOn ? [...before, permission] : before.filter((each) => each !== permission)
    const { [type.id]: known, ...others } = pending
    const isBack = isSame(permissions.toSorted(), type.permissions.toSorted())
    setPending(isBack ? others : { ...others, [type.id]: { permissions, seen: known?.seen ?? type.version } })
  }
  async function save() {
    const left: Pending = {}
    const found: string[] = []
    for (const type of types) {
      const change = pending[type.id]
      if (!change) continue
      // One after the other: the server answers for each type, and a refusal must not hide the others' success.
      // oxlint-disable-next-line no-await-in-loop
      const outcome = await send({ id: type.id, expectedVersion: change.seen, input: { permissions: change.permissions } })
      if (outcome.ok) continue
      const isConflict = hasCode(outcome.errors, 'CONFLICT')
      left[type.id] = isConflict ? { ...change, seen: outcome.payload?.userType?.version ?? change.seen } : change
      found.push(isConflict ? t('edit.conflict', { name: typeLabel(type, t) }) : `${typeLabel(type, t)} : ${generalRefusal(refusalsOf(outcome), [])}`)
    }
    setPending(left)
    setProblems(found)
    if (found.length === 0) showToast({ tone: 'success', text: t('edit.saved') })
  }
  return (
    <>
      {problems.map((problem) => (
        <Notice key={problem} tone="warning">
          {problem}
        </Notice>
      ))}
      <div className={styles.sheet}>
        <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('people.types')}>
          <table className={`${styles.rights} ${styles.matrix}`}>
            <thead>
              <tr>
                <th scope="col">{t('people.rights.right')}</th>
                {types.map((type) => (
                  <th key={type.id} scope="col" className={styles.centre}>
                    {typeLabel(type, t)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {PERMISSION_GROUPS.map(({ id, permissions }) => (
                <Fragment key={id}>
                  <tr className={styles.group}>
                    <th colSpan={types.length + 1} scope="rowgroup">
                      <span className={styles.groupName}>{t(`people.rights.group.${id}`)}</span>
                    </th>
                  </tr>
                  {permissions.map((permission) => (
                    <tr key={permission}>
                      <th scope="row">{t(`people.permission.${permission}`)}</th>
                      {types.map((type) => {
                        const isOn = permissionsOf(type).includes(permission)
                        return (
                          <td key={type.id} className={styles.centre} data-changed={isOn !== type.permissions.includes(permission) || undefined}>
                            <Checkbox label={`${typeLabel(type, t)}, ${t(`people.permission.${permission}`)}`} isChecked={isOn} onChange={(next) => turn(type, permission, next)} />
                          </td>
                        )
                      })}
                    </tr>
                  ))}
                </Fragment>
              ))}
            </tbody>
          </table>
        </div>
      </div>
      <SaveBar isDirty={Object.keys(pending).length > 0} isSending={isSending} onSave={() => void save()} onDiscard={() => setPending({})} />
    </>
  )
}
