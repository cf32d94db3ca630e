import { useEffect, useRef, useState } from 'react'
import { useStrings } from '@/app/i18n/use-strings'
import { hasCode, type Outcome } from '@/graphql/user-errors'
import { useWrite } from '@/graphql/use-write'
import type { TicketUpdateInput } from '@/graphql/generated/schema'
import { showToast } from '@/ui/toasts'
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

type Send = (target: { id: string; expectedVersion: number }) => Promise<Outcome<unknown>>

/** The writes on one ticket. A conflict is kept with the means to do it again on the current state. */
export function useTicketWrites(ticket: TicketDetailFragment): TicketWrites {
  const t = useStrings()
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

  async function run(action: string, send: Send): Promise<boolean> {
    const outcome = await send({ id: current.current.id, expectedVersion: current.current.version })
    setConflict(null)
    if (outcome.ok) return true
    if (hasCode(outcome.errors, 'CONFLICT')) setConflict({ action, redo: () => void run(action, send) })
    else showRefusal(outcome)
    return false
  }
  function showRefusal(outcome: Outcome<unknown>) {
    if (outcome.ok) return
    const reason = outcome.unreachable ? t('app.error.unreachable') : (outcome.errors[0]?.message ?? t('app.error.title'))
    showToast({ tone: 'danger', text: t('tickets.refused', { reason }) })
  }

  return {
    conflict,
    forgetConflict: () => setConflict(null),
    take: () => run(t('tickets.do.take'), sendTake),
    assign: (input) => run(t('tickets.do.assign'), (target) => sendAssign({ ...target, input })),
    changeStatus: (statusId) => run(t('tickets.do.status'), (target) => sendStatus({ ...target, statusId })),
    update: (input, action) => run(action, (target) => sendUpdate({ ...target, input })),
    escalate: (note) => run(t('tickets.do.escalate'), (target) => sendEscalate({ ...target, note: note.trim() || null })),
  }
}
