import { useEffect, useRef, useState } from 'react'
import { useStrings } from '@/app/i18n/use-strings'
import { refusalText } from '@/graphql/refusal-text'
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

interface Written {
  id: string
  key: string
  version: number
}

export interface TicketWrites {
  conflict: TicketConflict | null
  forgetConflict: () => void
  /** The ticket as the last write that went well left it. */
  written: () => Written | null
  take: () => Promise<boolean>
  assign: (input: { assigneeId?: string | null; teamId?: string | null }) => Promise<boolean>
  changeStatus: (statusId: string) => Promise<boolean>
  update: (input: TicketUpdateInput, action: string) => Promise<boolean>
  escalate: (note: string) => Promise<boolean>
}

type Send = (target: { id: string; expectedVersion: number }) => Promise<Outcome<{ ticket?: Written | null }>>

/** The writes on one ticket. A conflict is kept with the means to do it again on the current state. */
export function useTicketWrites(ticket: TicketDetailFragment): TicketWrites {
  const t = useStrings()
  const [conflict, setConflict] = useState<TicketConflict | null>(null)
  const current = useRef(ticket)
  const written = useRef<Written | null>(null)
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
    if (outcome.ok) {
      written.current = outcome.payload.ticket ?? null
      return true
    }
    // Without a ticket to show, the other writer took it out of this person's sight: the server says so.
    if (hasCode(outcome.errors, 'CONFLICT') && outcome.payload?.ticket) setConflict({ action, redo: () => void run(action, send) })
    else showToast({ tone: 'danger', text: outcome.unreachable ? t('tickets.unreachable') : t('tickets.refused', { reason: refusalText(outcome.errors[0], t) }) })
    return false
  }

  return {
    conflict,
    forgetConflict: () => setConflict(null),
    written: () => written.current,
    take: () => run(t('tickets.do.take'), sendTake),
    assign: (input) => run(t('tickets.do.assign'), (target) => sendAssign({ ...target, input })),
    changeStatus: (statusId) => run(t('tickets.do.status'), (target) => sendStatus({ ...target, statusId })),
    update: (input, action) => run(action, (target) => sendUpdate({ ...target, input })),
    escalate: (note) => run(t('tickets.do.escalate'), (target) => sendEscalate({ ...target, note: note.trim() || null })),
  }
}
