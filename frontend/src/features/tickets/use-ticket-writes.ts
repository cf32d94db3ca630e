import { useEffect, useRef, useState } from 'react'
import { useStrings } from '@/app/i18n/use-strings'
import type { MessageKey } from '@/app/i18n/i18n'
import { useWorkspace } from '@/app/workspace'
import { refusalText } from '@/graphql/refusal-text'
import { hasCode, type Outcome, type UserError } from '@/graphql/user-errors'
import { useWrite } from '@/graphql/use-write'
import type { ErrorCode, TicketUpdateInput } from '@/graphql/generated/schema'
import { showToast } from '@/ui/toasts'
import { statusLabel } from './status-label'
import { statusRefusal } from './status-refusal'
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
  assign: (input: { assigneeId?: string | null; teamId?: string | null }) => Promise<boolean>
  changeStatus: (statusId: string) => Promise<boolean>
  update: (input: TicketUpdateInput, action: string) => Promise<boolean>
  escalate: (note: string) => Promise<boolean>
}

type Own = (error: UserError) => string | null
type Send = (target: { id: string; expectedVersion: number }) => Promise<Outcome<unknown>>

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
    if (hasCode(outcome.errors, 'CONFLICT')) setConflict({ action, redo: () => void run(action, send, own) })
    else showRefusal(outcome, own)
    return false
  }
  function showRefusal(outcome: Outcome<unknown>, own?: Own) {
    if (outcome.ok) return
    const [error] = outcome.errors
    const reason = outcome.unreachable ? t('app.error.unreachable') : error ? refusalText(error, t, own) : t('app.error.title')
    showToast({ tone: 'danger', text: t('tickets.refused', { reason }) })
  }
  function refusedStatus(statusId: string): Own {
    return (error) => {
      const after = statuses.find(({ id }) => id === statusId)
      if (error.code !== 'NOT_ALLOWED_NOW' || !after) return null
      const before = current.current.status
      return t(statusRefusal(before, after), { before: statusLabel(before, t), after: statusLabel(after, t) })
    }
  }
  const words = (key: MessageKey, code: ErrorCode): Own => (error) => (error.code === code ? t(key) : null)

  return {
    conflict,
    forgetConflict: () => setConflict(null),
    take: () => run(t('tickets.do.take'), sendTake),
    assign: (input) => run(t('tickets.do.assign'), (target) => sendAssign({ ...target, input }), words('tickets.refused.assignee', 'INVALID')),
    changeStatus: (statusId) => run(t('tickets.do.status'), (target) => sendStatus({ ...target, statusId }), refusedStatus(statusId)),
    update: (input, action) => run(action, (target) => sendUpdate({ ...target, input })),
    escalate: (note) => run(t('tickets.do.escalate'), (target) => sendEscalate({ ...target, note: note.trim() || null }), words('tickets.refused.escalated', 'NOT_ALLOWED_NOW')),
  }
}
