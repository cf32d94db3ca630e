import { useState } from 'react'
import { useStrings } from '@/app/i18n/use-strings'
import { Button } from '@/ui/Button'
import { Dialog, DialogActions } from '@/ui/Dialog'
import { Form } from '@/ui/Form'
import { TextField } from '@/ui/TextField'
import { showToast } from '@/ui/toasts'
import type { TicketDetailFragment } from './ticket.generated'
import { useDraft } from './use-draft'
import type { TicketWrites } from './use-ticket-writes'

interface Props {
  ticket: TicketDetailFragment
  writes: TicketWrites
  onClose: () => void
}

export default function EscalateDialog({ ticket, writes, onClose }: Props) {
  const t = useStrings()
  const note = useDraft(`escalation.${ticket.id}`)
  const [isSending, setSending] = useState(false)
  async function escalate() {
    setSending(true)
    const done = await writes.escalate(note.text)
    setSending(false)
    // A conflict is shown in the panel with the means to do it again; the note stays as a draft until then.
    onClose()
    if (!done) return
    note.clear()
    showToast({ tone: 'success', text: t('tickets.escalated', { key: ticket.key }) })
  }
  return (
    <Dialog title={t('tickets.escalate.title', { key: ticket.key })} onClose={onClose}>
      <Form onSubmit={() => void escalate()}>
        <p>
          {t('tickets.escalate.text')} {ticket.assignee ? t('tickets.escalate.keeps', { name: ticket.assignee.name }) : t('tickets.escalate.keepsNobody')}
        </p>
        <TextField label={t('tickets.escalate.note')} isMultiline autoFocus value={note.text} onChange={note.change} />
        <DialogActions>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button look="primary" type="submit" isPending={isSending}>
            {t('tickets.do.escalate')}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  )
}
