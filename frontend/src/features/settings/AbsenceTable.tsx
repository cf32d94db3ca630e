import { ArrowRight, Pencil, TriangleAlert } from 'lucide-react'
import { useFormats, useStrings } from '@/app/i18n/use-strings'
import { useNow } from '@/lib/now'
import { Avatar } from '@/ui/Avatar'
import { Button, IconButton } from '@/ui/Button'
import { type Column, Table } from '@/ui/Table'
import { Tag } from '@/ui/Tag'
import { TooltipOn } from '@/ui/Tooltip'
import { absenceState } from './absence-state'
import type { AbsenceRowFragment } from './settings.generated'
import styles from './SettingsForms.module.css'

interface Props {
  rows: AbsenceRowFragment[]
  withPeople?: boolean
  canChange: boolean
  onEdit: (absence: AbsenceRowFragment) => void
  onEnd: (absence: AbsenceRowFragment) => void
}

export function AbsenceTable({ rows, withPeople, canChange, onEdit, onEnd }: Props) {
  const t = useStrings()
  const now = useNow()
  const columns: Column<AbsenceRowFragment>[] = [
    { id: 'period', header: t('settings.absence.when'), cell: (absence) => <Period absence={absence} now={now} /> },
    { id: 'goes', header: t('settings.absence.goes'), cell: (absence) => <Destination absence={absence} now={now} /> },
    {
      id: 'act',
      header: t('edit.actions'),
              isHeaderHidden: true,
      align: 'end',
      width: '120px',
      cell: (absence) =>
        canChange &&
        absenceState(absence, now) !== 'over' && (
          <span className={styles.person}>
            <Button size="small" look="quiet" onPress={() => onEnd(absence)}>
              {t(absenceState(absence, now) === 'now' ? 'settings.absence.end' : 'settings.absence.cancel')}
            </Button>
            <IconButton icon={Pencil} size="small" label={t('edit.edit')} onPress={() => onEdit(absence)} />
          </span>
        ),
    },
  ]
  const person: Column<AbsenceRowFragment> = { id: 'person', header: t('settings.absence.who'), cell: ({ user }) => <Person user={user} /> }
  return <Table isStacked label={t('settings.absence')} rows={rows} rowKey={({ id }) => id} columns={withPeople ? [person, ...columns] : columns} />
}

function Person({ user }: { user: { name: string; initials: string } }) {
  return (
    <span className={styles.person}>
      <Avatar name={user.name} initials={user.initials} size={20} />
      {user.name}
    </span>
  )
}

function Period({ absence, now }: { absence: AbsenceRowFragment; now: number }) {
  const t = useStrings()
  const formats = useFormats()
  const state = absenceState(absence, now)
  return (
    <>
      <span className={styles.row}>
        <span>
          {absence.endsAt
            ? t('settings.absence.fromTo', { from: formats.dateTime(absence.startsAt), to: formats.dateTime(absence.endsAt) })
            : t('settings.absence.from', { from: formats.dateTime(absence.startsAt) })}
        </span>
        <Tag tone={state === 'now' ? 'warning' : 'plain'}>{t(`settings.absence.state.${state}`)}</Tag>
      </span>
      {absence.note && <div className={styles.small}>{absence.note}</div>}
    </>
  )
}

/** Where tickets go: the substitute, or the end of a chain of substitutes, or nowhere. */
function Destination({ absence, now }: { absence: AbsenceRowFragment; now: number }) {
  const t = useStrings()
  const { substitute, forwardsTo, hasLoop } = absence
  if (hasLoop && absenceState(absence, now) !== 'over')
    return (
      <TooltipOn className={styles.warning} text={t('settings.absence.loop.text', { substitute: substitute.name })}>
        <TriangleAlert size={14} aria-hidden />
        {t('settings.absence.loop')}
      </TooltipOn>
    )
  if (forwardsTo.id === absence.user.id && absenceState(absence, now) !== 'over')
    return (
      <TooltipOn className={styles.warning} text={t('settings.absence.stays.text', { substitute: substitute.name })}>
        <TriangleAlert size={14} aria-hidden />
        {t('settings.absence.stays', { name: absence.user.name })}
      </TooltipOn>
    )
  const isChain = forwardsTo.id !== substitute.id && forwardsTo.id !== absence.user.id
  return (
    <span className={styles.row}>
      <Person user={substitute} />
      {isChain && (
        <>
          <ArrowRight size={12} aria-label={t('settings.absence.then')} />
          <Person user={forwardsTo} />
        </>
      )}
    </span>
  )
}
