import { useState } from 'react'
import { useStrings } from '@/app/i18n/use-strings'
import type { StatusFragment } from '@/app/workspace.generated'
import { statusLabel } from '@/features/tickets/status-label'
import { statusRefusal } from '@/features/tickets/status-refusal'
import { TicketChangeStatusDocument, type TicketDetailFragment, TicketEscalateDocument } from '@/features/tickets/ticket.generated'
import { useConflictWords } from '@/features/tickets/use-conflict-words'
import { refusalText } from '@/graphql/refusal-text'
import { hasCode, type Outcome, type UserError } from '@/graphql/user-errors'
import { useWrite } from '@/graphql/use-write'
import { showToast } from '@/ui/toasts'
import type { Row } from './merge-rows'

/** A card on its way: shown in its new column until the live list has it there, or the server refuses. */
export interface CardMove {
  ticket: Row
  statusId: string
  isSettled: boolean
}

type MoveOutcome = Outcome<{ ticket: TicketDetailFragment | null }>

const SETTLED_SHOWN_MS = 4_000

export function useKanbanMoves() {
  const t = useStrings()
  const conflictWords = useConflictWords()
  const [moves, setMoves] = useState<ReadonlyMap<string, CardMove>>(new Map())
  const { send } = useWrite(TicketChangeStatusDocument)
  const { send: sendEscalation } = useWrite(TicketEscalateDocument)

  function put(id: string, card: CardMove | null) {
    setMoves((current) => {
      const next = new Map(current)
      if (card) next.set(id, card)
      else next.delete(id)
      return next
    })
  }
  async function move(ticket: Row, status: StatusFragment | undefined) {
    if (!status || status.id === ticket.status.id) return
    put(ticket.id, { ticket, statusId: status.id, isSettled: false })
    const target = { id: ticket.id, expectedVersion: ticket.version }
    // Escalated is a status that only the act of escalating leads to.
    const outcome = status.category === 'ESCALATED' ? await sendEscalation({ ...target, note: null }) : await send({ ...target, statusId: status.id })
    if (!outcome.ok) {
      put(ticket.id, null)
      return showToast({ tone: 'danger', text: refusal(outcome, ticket, status) })
    }
    put(ticket.id, { ticket: { ...ticket, status }, statusId: status.id, isSettled: true })
    setTimeout(() => put(ticket.id, null), SETTLED_SHOWN_MS)
    showToast({ tone: 'success', text: t('inbox.kanban.moved', { key: ticket.key, status: statusLabel(status, t) }) })
  }
  function refusal(outcome: Extract<MoveOutcome, { ok: false }>, ticket: Row, status: StatusFragment): string {
    if (outcome.unreachable) return t('tickets.unreachable')
    if (hasCode(outcome.errors, 'CONFLICT')) {
      const current = outcome.payload?.ticket
      return current ? t('inbox.kanban.conflict', { key: ticket.key, ...conflictWords(current.lastEvents) }) : t('tickets.refused.wentAway', { key: ticket.key })
    }
    const own = (error: UserError) =>
      error.code === 'NOT_ALLOWED_NOW' ? t(statusRefusal(ticket.status, status), { key: ticket.key, before: statusLabel(ticket.status, t), after: statusLabel(status, t) }) : null
    const [error] = outcome.errors
    return t('tickets.refused', { reason: error ? refusalText(error, t, own) : t('app.refused.UNAVAILABLE') })
  }
  return { moves, move: (ticket: Row, status: StatusFragment | undefined) => void move(ticket, status) }
}
