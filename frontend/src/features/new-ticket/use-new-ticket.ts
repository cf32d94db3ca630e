import { useRef, useState } from 'react'
import { useTimeZone } from '@/app/i18n/time-zone'
import { useStrings } from '@/app/i18n/use-strings'
import { useViewer } from '@/features/session/viewer'
import { LONGEST_COMMENT, LONGEST_SUBJECT } from '@/features/tickets/longest'
import { refusalText } from '@/graphql/refusal-text'
import { errorsByField, hasCode, type UserError } from '@/graphql/user-errors'
import { useWrite } from '@/graphql/use-write'
import { checkNewTicket, EMPTY_NEW_TICKET, type NewTicket, newTicketInput } from './new-ticket'
import { TicketCreateDocument } from './new-ticket.generated'
import { useFormDraft } from './use-form-draft'

const SHOWN_FIELDS = ['subject', 'customerName', 'customerEmail', 'customerPhone', 'responseId', 'surveyId', 'occurredAt', 'comment', 'segment', 'teamId', 'assigneeId']

/** The form of a new ticket: kept as a draft, checked, sent once. */
export function useNewTicket(aboutContactId: string | null, onCreated: (key: string) => void) {
  const t = useStrings()
  const viewer = useViewer()
  const timeZone = useTimeZone()
  const draft = useFormDraft(`new-ticket.${viewer.id}${aboutContactId ? `.${aboutContactId}` : ''}`, EMPTY_NEW_TICKET)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const { send, isSending } = useWrite(TicketCreateDocument)
  // The state of a button follows a moment later than a second click.
  const isUnderway = useRef(false)
  const ticket = draft.values

  function refusalOf(error: UserError): string {
    const words = refusalText(error, t, ({ code, field }) => {
      if (code === 'IDEMPOTENCY_MISMATCH') return t('newTicket.sentBefore')
      if (code !== 'INVALID') return null
      const name = field?.at(-1)
      if (name === 'customerEmail') return t('newTicket.invalidEmail')
      if (name === 'customerPhone') return t('newTicket.invalidPhone')
      if (name === 'occurredAt') return t('newTicket.futureDate')
      if (name === 'subject') return t('tickets.refused.tooLong', { count: ticket.subject.trim().length, most: LONGEST_SUBJECT })
      return name === 'comment' ? t('tickets.refused.tooLong', { count: ticket.comment.trim().length, most: LONGEST_COMMENT }) : null
    })
    return words
  }
  function refuse(refusals: UserError[]) {
    if (hasCode(refusals, 'IDEMPOTENCY_MISMATCH')) draft.renewKey()
    const told = refusals.map((error) => ({ ...error, message: refusalOf(error), field: SHOWN_FIELDS.includes(error.field?.at(-1) ?? '') ? error.field : null }))
    setErrors(errorsByField(told))
  }
  async function create() {
    const missing = checkNewTicket(ticket, Date.now(), timeZone)
    setErrors(Object.fromEntries(Object.entries(missing).map(([name, key]) => [name, t(key)])))
    if (Object.keys(missing).length > 0 || isUnderway.current) return
    isUnderway.current = true
    const outcome = await send({ input: newTicketInput(ticket, timeZone), idempotencyKey: draft.idempotencyKey })
    isUnderway.current = false
    if (!outcome.ok) return outcome.unreachable ? setErrors({ '': t('tickets.unreachable') }) : refuse(outcome.errors)
    draft.clear()
    if (outcome.payload.ticket) onCreated(outcome.payload.ticket.key)
  }
  function change(next: (ticket: NewTicket) => NewTicket) {
    draft.change(next)
    setErrors({})
  }
  return {
    ticket,
    change,
    field: <Name extends keyof NewTicket>(name: Name) => ({
      value: ticket[name],
      onChange: (value: NewTicket[Name]) => change((current) => ({ ...current, [name]: value })),
      error: errors[name],
    }),
    error: errors[''],
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
