import { useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { useQuery } from 'urql'
import { useStrings } from '@/app/i18n/use-strings'
import type { TicketPriority } from '@/graphql/generated/schema'
import { refusalText } from '@/graphql/refusal-text'
import { errorsByField } from '@/graphql/user-errors'
import { useWrite } from '@/graphql/use-write'
import { newIdempotencyKey } from '@/lib/random'
import { Button } from '@/ui/Button'
import { ComboBox, SuggestField } from '@/ui/ComboBox'
import { Dialog, DialogActions } from '@/ui/Dialog'
import { Form, FormRow } from '@/ui/Form'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import { showToast } from '@/ui/toasts'
import { checkNewTicket, EMPTY_NEW_TICKET, type NewTicket, newTicketInput } from './new-ticket'
import { PriorityMark } from './PriorityMark'
import { FilterChoicesDocument, TicketCreateDocument } from './ticket.generated'

const PRIORITIES: TicketPriority[] = ['HIGH', 'MEDIUM', 'LOW']

/** A ticket by hand, for what reached us beside the surveys. */
export default function NewTicketDialog({ onClose }: { onClose: () => void }) {
  const t = useStrings()
  const navigate = useNavigate()
  const [ticket, setTicket] = useState<NewTicket>(EMPTY_NEW_TICKET)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const { send, isSending } = useWrite(TicketCreateDocument)
  const [{ data }] = useQuery({ query: FilterChoicesDocument })
  const idempotencyKey = useRef(newIdempotencyKey())
  const field = <Name extends keyof NewTicket>(name: Name) => ({
    value: ticket[name],
    onChange: (value: NewTicket[Name]) => setTicket((current) => ({ ...current, [name]: value })),
    error: errors[name],
  })

  async function create() {
    const missing = checkNewTicket(ticket, Date.now())
    setErrors(Object.fromEntries(Object.entries(missing).map(([name, key]) => [name, t(key)])))
    if (Object.keys(missing).length > 0) return
    const outcome = await send({ input: newTicketInput(ticket), idempotencyKey: idempotencyKey.current })
    if (!outcome.ok) {
      const refusals = outcome.errors.map((error) => ({ ...error, message: refusalText(error, t) }))
      return setErrors(outcome.unreachable ? { '': t('app.error.unreachable.text') } : errorsByField(refusals))
    }
    const key = outcome.payload.ticket?.key
    onClose()
    if (key) showToast({ tone: 'success', text: t('tickets.new.created', { key }), action: { label: t('tickets.new.open'), run: () => void navigate(`/inbox/${key}?view=all`) } })
  }

  return (
    <Dialog title={t('tickets.new')} width={620} isDismissable={ticket === EMPTY_NEW_TICKET} onClose={onClose}>
      <Form onSubmit={() => void create()} error={errors['']}>
        <TextField label={t('tickets.field.subject')} isRequired autoFocus {...field('subject')} />
        <FormRow>
          <TextField label={t('tickets.field.customerName')} isRequired {...field('customerName')} />
          <TextField label={t('tickets.field.email')} type="email" {...field('customerEmail')} />
        </FormRow>
        <FormRow>
          <TextField label={t('tickets.field.phone')} type="tel" {...field('customerPhone')} />
          <TextField label={t('tickets.field.occurredAt')} type="datetime-local" {...field('occurredAt')} />
        </FormRow>
        <TextField label={t('tickets.field.comment')} isMultiline rows={3} {...field('comment')} />
        <FormRow>
          <Select
            label={t('tickets.field.priority')}
            {...field('priority')}
            options={PRIORITIES.map((priority) => ({ id: priority, text: t(`tickets.priority.${priority}`), mark: <PriorityMark priority={priority} /> }))}
          />
          <SuggestField label={t('tickets.field.segment')} suggestions={data?.segments ?? []} {...field('segment')} />
        </FormRow>
        <FormRow>
          <ComboBox
            key={data ? 'teams' : 'no-teams'}
            label={t('tickets.field.team')}
            emptyText={t('tickets.choice.none')}
            options={(data?.teams.nodes ?? []).map(({ id, name }) => ({ id, text: name }))}
            {...field('teamId')}
          />
          <ComboBox
            key={data ? 'users' : 'no-users'}
            label={t('tickets.field.assignee')}
            emptyText={t('tickets.choice.none')}
            options={(data?.users.nodes ?? []).map(({ id, name }) => ({ id, text: name }))}
            {...field('assigneeId')}
          />
        </FormRow>
        <DialogActions>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button look="primary" type="submit" isPending={isSending}>
            {t('tickets.new.create')}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  )
}
