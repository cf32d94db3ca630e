import { useState } from 'react'
import { useStrings } from '@/app/i18n/use-strings'
import type { StatusFragment } from '@/app/workspace.generated'
import { statusLabel } from '@/features/tickets/status-label'
import { TicketChangeStatusDocument, type TicketDetailFragment, TicketEscalateDocument } from '@/features/tickets/ticket.generated'
import { useConflictWords } from '@/features/tickets/use-conflict-words'
import { useSayDone } from '@/features/tickets/undo'
import { refusalText } from '@/graphql/refusal-text'
import { hasCode, type Outcome } from '@/graphql/user-errors'
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
  const sayDone = useSayDone()
  const [own, setOwn] = useState<ReadonlySet<string>>(new Set())
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
    setOwn((ids) => new Set([...ids, ticket.id]))
    const target = { id: ticket.id, expectedVersion: ticket.version }
    // Escalated is a status that only the act of escalating leads to.
    const outcome = status.category === 'ESCALATED' ? await sendEscalation({ ...target, note: null }) : await send({ ...target, statusId: status.id })
    if (!outcome.ok) {
      put(ticket.id, null)
      return showToast({ tone: 'danger', text: refusal(outcome, ticket) })
    }
    put(ticket.id, { ticket: { ...ticket, status }, statusId: status.id, isSettled: true })
    setTimeout(() => put(ticket.id, null), SETTLED_SHOWN_MS)
    const text = t('inbox.kanban.moved', { key: ticket.key, status: statusLabel(status, t) })
    const { ticket: moved } = outcome.payload
    // Escalating tells others at once: there is no way back but to open the ticket.
    if (status.category === 'ESCALATED' || !moved) showToast({ tone: 'success', text })
    else sayDone(moved, text, () => put(ticket.id, null))
  }
  function refusal(outcome: Extract<MoveOutcome, { ok: false }>, { key }: Row): string {
    if (outcome.unreachable) return t('tickets.unreachable')
    const current = outcome.payload?.ticket
    if (current && hasCode(outcome.errors, 'CONFLICT')) return t('inbox.kanban.conflict', { key, ...conflictWords(current.lastEvents) })
    return t('tickets.refused', { reason: refusalText(outcome.errors[0], t) })
  }
  return { moves, own, move: (ticket: Row, status: StatusFragment | undefined) => void move(ticket, status) }
}
