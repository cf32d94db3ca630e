import { Check, Minus } from 'lucide-react'
import { Fragment } from 'react'
import { useStrings } from '@/app/i18n/use-strings'
import type { Permission } from '@/graphql/generated/schema'
import { Checkbox } from '@/ui/Checkbox'
import { Tag } from '@/ui/Tag'
import styles from './People.module.css'
import { isAllowed, type OwnPermissions, PERMISSION_GROUPS, sourceOf, turn } from './permission-matrix'

interface Props {
  ofType: readonly Permission[]
  own: OwnPermissions
  onChange: (own: OwnPermissions) => void
}

/** One person's rights: what the type gives, what they may do, and where the two differ. */
export function RightsTable({ ofType, own, onChange }: Props) {
  const t = useStrings()
  return (
    <table className={styles.rights} aria-label={t('people.rights')}>
      <thead>
        <tr>
          <th scope="col">{t('people.rights.right')}</th>
          <th scope="col" className={styles.centre}>
            {t('people.rights.ofType')}
          </th>
          <th scope="col" className={styles.centre}>
            {t('people.rights.ofPerson')}
          </th>
          <th scope="col" className={styles.difference}>
            <span className="visually-hidden">{t('people.rights.difference')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {PERMISSION_GROUPS.map(({ id, permissions }) => (
          <Fragment key={id}>
            <tr className={styles.group}>
              <th colSpan={4} scope="rowgroup">
                {t(`people.rights.group.${id}`)}
              </th>
            </tr>
            {permissions.map((permission) => (
              <RightRow key={permission} permission={permission} ofType={ofType} own={own} onChange={onChange} />
            ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  )
}

function RightRow({ permission, ofType, own, onChange }: Props & { permission: Permission }) {
  const t = useStrings()
  const source = sourceOf(permission, ofType, own)
  const isOfType = ofType.includes(permission)
  const name = t(`people.permission.${permission}`)
  return (
    <tr data-source={source}>
      <th scope="row">
        {name}
        <span className={styles.hint}>{t(`people.permission.hint.${permission}`)}</span>
      </th>
      <td className={styles.centre}>
        {isOfType ? <Check size={16} aria-label={t('edit.yes')} /> : <Minus size={16} className={styles.muted} aria-label={t('edit.no')} />}
      </td>
      <td className={styles.centre}>
        <Checkbox label={name} isChecked={isAllowed(source)} onChange={(isOn) => onChange(turn(permission, isOn, ofType, own))} />
      </td>
      <td className={styles.difference}>
        {source === 'granted' && <Tag tone="good">{t('people.rights.source.granted')}</Tag>}
        {source === 'revoked' && <Tag tone="warning">{t('people.rights.source.revoked')}</Tag>}
      </td>
    </tr>
  )
}
