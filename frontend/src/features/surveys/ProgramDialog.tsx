import { useRef } from 'react'
import { useStrings } from '@/app/i18n/use-strings'
import { EditNotice } from '@/features/editing/EditNotice'
import { useEdit } from '@/features/editing/use-edit'
import { useWrite } from '@/graphql/use-write'
import { newIdempotencyKey } from '@/lib/random'
import { Button } from '@/ui/Button'
import { Dialog, DialogActions } from '@/ui/Dialog'
import { Form } from '@/ui/Form'
import { TextField } from '@/ui/TextField'
import { ProgramCreateDocument, ProgramUpdateDocument } from './surveys.generated'
import type { Program } from './SurveysPage'

export function ProgramDialog({ program, onClose }: { program: Program | null; onClose: () => void }) {
  const t = useStrings()
  const { send: create } = useWrite(ProgramCreateDocument)
  const { send: update } = useWrite(ProgramUpdateDocument)
  const idempotencyKey = useRef(newIdempotencyKey())
  const edit = useEdit({ name: program?.name ?? '', description: program?.description ?? '' }, program?.version ?? 0)
  const labels = { name: t('surveys.field.name'), description: t('surveys.field.description') }
  async function save() {
    if (!edit.values.name.trim()) return edit.refuse({ name: t('app.required') })
    const isSaved = await edit.save((expectedVersion, typed) =>
      program ? update({ id: program.id, expectedVersion, input: typed }) : create({ input: edit.values, idempotencyKey: idempotencyKey.current }),
    )
    if (isSaved) onClose()
  }
  return (
    <Dialog title={program ? t('surveys.program.edit', { name: program.name }) : t('surveys.program.new')} isDismissable={!edit.isDirty} onClose={onClose}>
      <Form onSubmit={() => void save()}>
        <EditNotice edit={edit} name={program?.name ?? ''} labels={labels} />
        <TextField label={labels.name} isRequired autoFocus {...edit.field('name')} />
        <TextField label={labels.description} isMultiline rows={2} {...edit.field('description')} />
        <DialogActions>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button look="primary" type="submit" isPending={edit.isSending}>
            {t(program ? 'app.save' : 'surveys.program.create')}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  )
}
