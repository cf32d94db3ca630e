import { useQuery } from 'urql'
import { useStrings } from '@/app/i18n/use-strings'
import { PeopleDocument } from '@/features/editing/edit.generated'
import { LanguageField } from '@/features/editing/LanguageField'
import { TimeZoneField } from '@/features/editing/TimeZoneField'
import type { Edit } from '@/features/editing/use-edit'
import { Checkbox } from '@/ui/Checkbox'
import { FormRow } from '@/ui/Form'
import formStyles from '@/ui/Form.module.css'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import type { TypeDetailFragment } from './people.generated'
import styles from './People.module.css'
import { differencesUnder } from './permission-matrix'
import { typeLabel } from './type-label'
import type { UserValues } from './user-form'

/** What the fields of a user are called, by field. */
export function useUserLabels(): Record<keyof UserValues, string> {
  const t = useStrings()
  return {
    name: t('people.field.name'),
    email: t('people.field.email'),
    userTypeId: t('people.field.type'),
    teamIds: t('people.field.teams'),
    language: t('edit.language'),
    timeZone: t('edit.timeZone'),
    grantedPermissions: t('people.rights.source.granted'),
    revokedPermissions: t('people.rights.source.revoked'),
  }
}

export function UserFields({ edit, types }: { edit: Edit<UserValues>; types: TypeDetailFragment[] }) {
  const t = useStrings()
  function chooseType(userTypeId: string) {
    const ofType = types.find(({ id }) => id === userTypeId)?.permissions ?? []
    edit.change({ userTypeId, ...differencesUnder(ofType, edit.values) })
  }
  return (
    <div className={formStyles.form}>
      <FormRow>
        <TextField label={t('people.field.name')} isRequired {...edit.field('name')} />
        <TextField label={t('people.field.email')} type="email" isRequired {...edit.field('email')} />
      </FormRow>
      <FormRow>
        <Select
          label={t('people.field.type')}
          isRequired
          value={edit.values.userTypeId}
          onChange={chooseType}
          placeholder={t('people.field.type.choose')}
          error={edit.refusals.userTypeId}
          options={types.map((type) => ({ id: type.id, text: typeLabel(type, t) }))}
        />
      </FormRow>
      <FormRow>
        <LanguageField {...edit.field('language')} />
        <TimeZoneField {...edit.field('timeZone')} />
      </FormRow>
      <TeamChecks chosen={edit.values.teamIds} onChange={(teamIds) => edit.change({ teamIds })} />
    </div>
  )
}

function TeamChecks({ chosen, onChange }: { chosen: string[]; onChange: (ids: string[]) => void }) {
  const t = useStrings()
  const [{ data }] = useQuery({ query: PeopleDocument })
  const teams = data?.teams.nodes
  const toggle = (id: string, isOn: boolean) => onChange((isOn ? [...chosen, id] : chosen.filter((each) => each !== id)).toSorted())
  return (
    <div role="group" aria-label={t('people.field.teams')}>
      <p className={styles.label}>{t('people.field.teams')}</p>
      {teams?.length === 0 && <p className={styles.muted}>{t('people.teams.none')}</p>}
      <div className={styles.checks}>
        {teams?.map(({ id, name }) => (
          <Checkbox key={id} isChecked={chosen.includes(id)} onChange={(isOn) => toggle(id, isOn)}>
            {name}
          </Checkbox>
        ))}
      </div>
    </div>
  )
}
