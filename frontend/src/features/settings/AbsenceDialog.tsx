import { useRef, useState } from 'react'
import { useQuery } from 'urql'
import { useTimeZone } from '@/app/i18n/time-zone'
import { useFormats, useStrings } from '@/app/i18n/use-strings'
import { PeopleDocument } from '@/features/editing/edit.generated'
import { EditNotice } from '@/features/editing/EditNotice'
import { PersonField } from '@/features/editing/PersonField'
import { type Edit, useEdit } from '@/features/editing/use-edit'
import { useViewer } from '@/features/session/viewer'
import { useWrite } from '@/graphql/use-write'
import { fromLocalField, toLocalField } from '@/lib/local-time'
import { newIdempotencyKey } from '@/lib/random'
import { Button } from '@/ui/Button'
import { DateField } from '@/ui/DateField'
import { Dialog, DialogActions } from '@/ui/Dialog'
import { Form, FormRow } from '@/ui/Form'
import { Notice } from '@/ui/Notice'
import { TextField } from '@/ui/TextField'
import { forwardingOutcome } from './absence-state'
import { AbsenceCreateDocument, type AbsenceRowFragment, AbsenceUpdateDocument } from './settings.generated'

interface Props {
  /** The one to edit; null plans a new one. */
  absence: AbsenceRowFragment | null
  forOthers: boolean
  onClose: () => void
}

interface Values {
  userId: string | null
  substituteId: string | null
  startsAt: string
  endsAt: string
  note: string
}

export default function AbsenceDialog({ absence, forOthers, onClose }: Props) {
  const t = useStrings()
  const viewer = useViewer()
  const zone = useTimeZone()
  const [now] = useState(() => new Date().toISOString())
  const { send: create } = useWrite(AbsenceCreateDocument)
  const { send: update } = useWrite(AbsenceUpdateDocument)
  const idempotencyKey = useRef(newIdempotencyKey())
  const edit = useEdit<Values>(
    {
      userId: absence?.user.id ?? (forOthers ? null : viewer.id),
      substituteId: absence?.substitute.id ?? null,
      startsAt: toLocalField(absence?.startsAt ?? now, zone),
      endsAt: absence?.endsAt ? toLocalField(absence.endsAt, zone) : '',
      note: absence?.note ?? '',
    },
    absence?.version ?? 0,
  )
  async function save() {
    const { userId, substituteId, startsAt, endsAt, note } = edit.values
    const missing = { ...(!userId && { userId: t('app.required') }), ...(!substituteId && { substituteId: t('app.required') }), ...(!fromLocalField(startsAt, zone) && { startsAt: t('app.required') }) }
    if (!userId || !substituteId || Object.keys(missing).length > 0) return edit.refuse(missing)
    const input = { substituteId, startsAt: fromLocalField(startsAt, zone) ?? now, endsAt: fromLocalField(endsAt, zone), note: note.trim() || null }
    const isSaved = await edit.save((expectedVersion) =>
      absence ? update({ id: absence.id, expectedVersion, input }) : create({ input: { ...input, userId }, idempotencyKey: idempotencyKey.current }),
    )
    if (isSaved) onClose()
  }
  return (
    <Dialog title={t(absence ? 'settings.absence.edit' : forOthers ? 'settings.absence.planOther' : 'settings.absence.plan')} width={520} isDismissable={!edit.isDirty} onClose={onClose}>
      <Form onSubmit={() => void save()}>
        <AbsenceFields edit={edit} absence={absence} isPersonOpen={forOthers && !absence} />
        <DialogActions>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button look="primary" type="submit" isPending={edit.isSending}>
            {t(absence ? 'app.save' : 'settings.absence.plan.do')}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  )
}

function AbsenceFields({ edit, absence, isPersonOpen }: { edit: Edit<Values>; absence: AbsenceRowFragment | null; isPersonOpen: boolean }) {
  const t = useStrings()
  const formats = useFormats()
  const { userId } = edit.values
  const labels = {
    userId: t('settings.absence.who'),
    substituteId: t('settings.absence.substitute'),
    startsAt: t('settings.absence.startsAt'),
    endsAt: t('settings.absence.endsAt'),
    note: t('settings.absence.note'),
  }
  const shown: Partial<Record<keyof Values, string>> = {
    substituteId: absence?.substitute.name ?? '',
    startsAt: absence ? formats.dateTime(absence.startsAt) : '',
    endsAt: absence?.endsAt ? formats.dateTime(absence.endsAt) : '',
  }
  return (
    <>
      <EditNotice edit={edit} name={absence ? t('settings.absence.of', { name: absence.user.name }) : ''} labels={labels} show={(field) => shown[field] ?? null} />
      {isPersonOpen && <PersonField label={labels.userId} isRequired {...edit.field('userId')} />}
      <PersonField label={labels.substituteId} isRequired mustWork without={userId ? [userId] : []} {...edit.field('substituteId')} />
      <SubstituteState absentId={userId} substituteId={edit.values.substituteId} />
      <FormRow>
        <DateField label={labels.startsAt} withTime isRequired {...edit.field('startsAt')} />
        <DateField label={labels.endsAt} withTime hint={t('settings.absence.endsAt.hint')} clearLabel={t('settings.absence.endsAt.clear')} {...edit.field('endsAt')} />
      </FormRow>
      <TextField label={labels.note} hint={t('settings.absence.note.hint')} {...edit.field('note')} />
      <Notice tone="info">{t('settings.absence.held')}</Notice>
    </>
  )
}

/** Says before saving where tickets would really go. */
function SubstituteState({ absentId, substituteId }: { absentId: string | null; substituteId: string | null }) {
  const t = useStrings()
  const [{ data }] = useQuery({ query: PeopleDocument })
  const substitute = data?.users.nodes.find(({ id }) => id === substituteId)
  const outcome = forwardingOutcome(absentId, substitute)
  if (!substitute || outcome.kind === 'straight') return null
  return (
    <Notice tone="warning">
      {outcome.kind === 'onwards'
        ? t('settings.absence.wouldGoOn', { substitute: substitute.name, target: outcome.name })
        : t(outcome.kind === 'loop' ? 'settings.absence.wouldLoop' : 'settings.absence.wouldStay', { substitute: substitute.name })}
    </Notice>
  )
}
