import { Fragment } from 'react'
import { useQuery } from 'urql'
import { useStrings } from '@/app/i18n/use-strings'
import { SaveBar } from '@/features/editing/SaveBar'
import { useCan } from '@/features/session/viewer'
import { SettingsPage } from '@/features/settings/SettingsPage'
import type { Permission } from '@/graphql/generated/schema'
import { classNames } from '@/lib/class-names'
import { Checkbox } from '@/ui/Checkbox'
import { Notice } from '@/ui/Notice'
import { ErrorState, NoRightState, Skeleton } from '@/ui/States'
import { HandOverDialog } from './HandOver'
import { type TypeDetailFragment, UserTypesDocument } from './people.generated'
import styles from './People.module.css'
import { PERMISSION_GROUPS } from './permission-matrix'
import { typeLabel } from './type-label'
import { type TypeEdit, useTypeEdit } from './use-type-edit'

const NOBODY: string[] = []

export default function UserTypesPage() {
  const t = useStrings()
  const canManage = useCan('USERS_MANAGE')
  const [{ data, error }, refresh] = useQuery({ query: UserTypesDocument, requestPolicy: 'cache-and-network', pause: !canManage })
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
  const edit = useTypeEdit(types)
  return (
    <>
      {edit.problems.map((problem) => (
        <Notice key={problem} tone="warning">
          {problem}
        </Notice>
      ))}
      <div className={styles.sheet}>
        <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('people.types')}>
          <table className={classNames(styles.rights, styles.matrix)}>
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
                    <PermissionRow key={permission} permission={permission} types={types} edit={edit} />
                  ))}
                </Fragment>
              ))}
            </tbody>
          </table>
        </div>
      </div>
      <SaveBar isDirty={edit.isDirty} isSending={edit.isSending} onSave={() => void edit.save()} onDiscard={edit.discard} />
      {edit.handOver && (
        <HandOverDialog
          key={edit.handOver.id}
          title={t('people.handOver.title.type', { name: edit.handOver.name })}
          reasons={edit.handOver.reasons}
          without={NOBODY}
          isPending={edit.isSending}
          onConfirm={(successor) => void edit.saveWith(successor)}
          onClose={edit.keepRight}
        />
      )}
    </>
  )
}

function PermissionRow({ permission, types, edit }: { permission: Permission; types: TypeDetailFragment[]; edit: TypeEdit }) {
  const t = useStrings()
  const name = t(`people.permission.${permission}`)
  return (
    <tr>
      <th scope="row">{name}</th>
      {types.map((type) => {
        const isOn = edit.permissionsOf(type).includes(permission)
        return (
          <td key={type.id} className={styles.centre} data-changed={isOn !== type.permissions.includes(permission) || undefined}>
            <Checkbox label={`${typeLabel(type, t)}, ${name}`} isChecked={isOn} onChange={(next) => edit.turn(type, permission, next)} />
          </td>
        )
      })}
    </tr>
  )
}
