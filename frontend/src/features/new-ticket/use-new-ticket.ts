import { useRef, useState } from 'react'
import { useTimeZone } from '@/app/i18n/time-zone'
import { useStrings } from '@/app/i18n/use-strings'
import { useViewer } from '@/features/session/viewer'
import { refusalText } from '@/graphql/refusal-text'
import { errorsByField, hasCode, type UserError } from '@/graphql/user-errors'
import { useWrite } from '@/graphql/use-write'
import { checkNewTicket, type NewTicket, newTicketInput, newTicketOf } from './new-ticket'
import { TicketCreateDocument } from './new-ticket.generated'
import { useFormDraft } from './use-form-draft'

const SHOWN_FIELDS = ['subject', 'customerName', 'customerEmail', 'customerPhone', 'responseId', 'surveyId', 'occurredAt', 'comment', 'segment', 'teamId', 'assigneeId']

/** The form of a new ticket: kept as a draft, checked, sent once. Created without a key: it is for others' eyes. */
export function useNewTicket(aboutContactId: string | null, onCreated: (key: string | null, made: NewTicket) => void) {
  const t = useStrings()
  const viewer = useViewer()
  const timeZone = useTimeZone()
  const draft = useFormDraft(`new-ticket.${viewer.id}${aboutContactId ? `.${aboutContactId}` : ''}`, newTicketOf(viewer))
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [refusals, setRefusals] = useState(0)
  const { send, isSending } = useWrite(TicketCreateDocument)
  // The state of a button follows a moment later than a second click.
  const isUnderway = useRef(false)
  const ticket = draft.values

  const sentBefore = ({ code }: UserError) => (code === 'IDEMPOTENCY_MISMATCH' ? t('newTicket.sentBefore') : null)
  function tell(wrong: Record<string, string>) {
    setErrors(wrong)
    setRefusals((count) => count + 1)
  }
  function refuse(refused: UserError[]) {
    if (hasCode(refused, 'IDEMPOTENCY_MISMATCH')) draft.renewKey()
    const told = refused.map((error) => ({ ...error, message: refusalText(error, t, sentBefore), field: SHOWN_FIELDS.includes(error.field?.at(-1) ?? '') ? error.field : null }))
    tell(errorsByField(told))
  }
  async function create() {
    const missing = checkNewTicket(ticket, Date.now(), timeZone)
    if (Object.keys(missing).length > 0) return tell(Object.fromEntries(Object.entries(missing).map(([name, key]) => [name, t(key)])))
    if (isUnderway.current) return
    isUnderway.current = true
    setErrors({})
    const outcome = await send({ input: newTicketInput(ticket, timeZone), idempotencyKey: draft.idempotencyKey })
    isUnderway.current = false
    if (!outcome.ok) return outcome.unreachable ? tell({ '': t('tickets.unreachable') }) : refuse(outcome.errors)
    draft.clear()
    onCreated(outcome.payload.ticket?.key ?? null, ticket)
  }
  /** What was said of the fields that changed no longer holds; the others stay marked. */
  function change(next: (ticket: NewTicket) => NewTicket) {
    const changed = next(ticket)
    draft.change(next)
    setErrors((told) => Object.fromEntries(Object.entries(told).filter(([name]) => name !== '' && changed[name as keyof NewTicket] === ticket[name as keyof NewTicket])))
  }
  return {
    ticket,
    change,
    begin: draft.begin,
    field: <Name extends keyof NewTicket>(name: Name) => ({
      value: ticket[name],
      onChange: (value: NewTicket[Name]) => change((current) => ({ ...current, [name]: value })),
      error: errors[name],
    }),
    error: errors[''],
    /** Counts the tries that were refused, for whoever leads the person to the first wrong field. */
    refusals,
    isSending,
    isEmpty: draft.isEmpty,
    discard: () => {
      draft.clear()
      setErrors({})
    },
    create,
  }
}

export type NewTicketForm = ReturnType<typeof useNewTicket>
