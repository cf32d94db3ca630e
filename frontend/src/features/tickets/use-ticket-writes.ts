import { useEffect, useRef, useState } from 'react'
import { useStrings } from '@/app/i18n/use-strings'
import { useWorkspace } from '@/app/workspace'
import { refusalText } from '@/graphql/refusal-text'
import { hasCode, type Outcome, type UserError } from '@/graphql/user-errors'
import { useWrite } from '@/graphql/use-write'
import type { TicketUpdateInput } from '@/graphql/generated/schema'
import { showToast } from '@/ui/toasts'
import { LONGEST_SUBJECT } from './longest'
import { statusLabel } from './status-label'
import { isFinished, statusRefusal } from './status-refusal'
import {
  TicketAssignDocument,
  TicketChangeStatusDocument,
  type TicketDetailFragment,
  TicketEscalateDocument,
  TicketTakeDocument,
  TicketUpdateDocument,
} from './ticket.generated'

/** A write that met a newer version of the ticket. */
export interface TicketConflict {
  action: string
  redo: () => void
}

export interface TicketWrites {
  conflict: TicketConflict | null
  forgetConflict: () => void
  take: () => Promise<boolean>
  /** `name`: whom it goes to, for the words of a refusal. */
  assign: (input: { assigneeId?: string | null; teamId?: string | null }, name?: string) => Promise<boolean>
  changeStatus: (statusId: string) => Promise<boolean>
  update: (input: TicketUpdateInput, action: string) => Promise<boolean>
  escalate: (note: string) => Promise<boolean>
}

type Own = (error: UserError) => string | null
type Send = (target: { id: string; expectedVersion: number }) => Promise<Outcome<{ ticket?: { id: string } | null }>>

/** The writes on one ticket. A conflict is kept with the means to do it again on the current state. */
export function useTicketWrites(ticket: TicketDetailFragment): TicketWrites {
  const t = useStrings()
  const { statuses } = useWorkspace()
  const [conflict, setConflict] = useState<TicketConflict | null>(null)
  const current = useRef(ticket)
  useEffect(() => {
    current.current = ticket
  })
  const { send: sendTake } = useWrite(TicketTakeDocument)
  const { send: sendAssign } = useWrite(TicketAssignDocument)
  const { send: sendStatus } = useWrite(TicketChangeStatusDocument)
  const { send: sendUpdate } = useWrite(TicketUpdateDocument)
  const { send: sendEscalate } = useWrite(TicketEscalateDocument)

  async function run(action: string, send: Send, own?: Own): Promise<boolean> {
    const outcome = await send({ id: current.current.id, expectedVersion: current.current.version })
    setConflict(null)
    if (outcome.ok) return true
    const isConflict = hasCode(outcome.errors, 'CONFLICT')
    if (isConflict && outcome.payload?.ticket) setConflict({ action, redo: () => void run(action, send, own) })
    else showRefusal(outcome, isConflict ? wentAway : own)
    return false
  }
  function showRefusal(outcome: Outcome<unknown>, own?: Own) {
    if (outcome.ok) return
    const [error] = outcome.errors
    const reason = error ? refusalText(error, t, own) : t('app.refused.UNAVAILABLE')
    showToast({ tone: 'danger', text: outcome.unreachable ? t('tickets.unreachable') : t('tickets.refused', { reason }) })
  }
  // With nothing to show of it: the other writer took it out of this person's sight.
  const wentAway: Own = () => t('tickets.refused.wentAway', { key: current.current.key })
  const before = () => ({ key: current.current.key, before: statusLabel(current.current.status, t) })
  function refusedStatus(statusId: string): Own {
    return (error) => {
      const after = statuses.find(({ id }) => id === statusId)
      if (error.code !== 'NOT_ALLOWED_NOW' || !after) return null
      return t(statusRefusal(current.current.status, after), { ...before(), after: statusLabel(after, t) })
    }
  }
  const refusedTake: Own = ({ code }) => (code === 'NOT_ALLOWED_NOW' ? t('tickets.refused.finished', before()) : null)
  const refusedEscalation: Own = ({ code }) =>
    code === 'NOT_ALLOWED_NOW' ? t(isFinished(current.current.status) ? 'tickets.refused.finished' : 'tickets.refused.escalated', before()) : null
  function refusedUpdate({ subject }: TicketUpdateInput): Own {
    return ({ code, field }) => (code === 'INVALID' && field?.at(-1) === 'subject' ? t('tickets.refused.tooLong', { count: subject?.length, most: LONGEST_SUBJECT }) : null)
  }
  const refusedAssignment =
    (name: string | undefined): Own =>
    ({ code, field }) =>
      code === 'INVALID' && field?.at(-1) === 'assigneeId' && name ? t('tickets.refused.assignee', { name }) : null

  return {
    conflict,
    forgetConflict: () => setConflict(null),
    take: () => run(t('tickets.do.take'), sendTake, refusedTake),
    assign: (input, name) => run(t('tickets.do.assign'), (target) => sendAssign({ ...target, input }), refusedAssignment(name)),
    changeStatus: (statusId) => run(t('tickets.do.status'), (target) => sendStatus({ ...target, statusId }), refusedStatus(statusId)),
    update: (input, action) => run(action, (target) => sendUpdate({ ...target, input }), refusedUpdate(input)),
    escalate: (note) => run(t('tickets.do.escalate'), (target) => sendEscalate({ ...target, note: note.trim() || null }), refusedEscalation),
  }
}
