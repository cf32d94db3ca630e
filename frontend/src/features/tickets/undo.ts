import { Undo2 } from 'lucide-react'
import { useStrings } from '@/app/i18n/use-strings'
import { useCommands } from '@/commands/use-commands'
import { refusalText } from '@/graphql/refusal-text'
import { useWrite } from '@/graphql/use-write'
import { createStore, useStore } from '@/lib/store'
import { dismissToast, showToast } from '@/ui/toasts'
import { TicketUndoDocument } from './ticket.generated'

/** A ticket as an act left it. */
interface Left {
  id: string
  key: string
  version: number
}

/** The way back from the last act, for Ctrl+Z; the message that offers it leaves earlier. */
const wayBack = createStore<{ run: () => void; toast: number } | null>(null)

/** One act at a time: with the next one, or once undone, the offer is over. */
function endOffer() {
  const offer = wayBack.get()
  if (offer) dismissToast(offer.toast)
  wayBack.set(null)
}

/** Says what was done to a ticket and offers the way back; `onUndone` is for what the screen drew by itself. */
export function useSayDone(): (ticket: Left, text: string, onUndone?: () => void) => void {
  const t = useStrings()
  const { send } = useWrite(TicketUndoDocument)
  async function undo({ id, key, version }: Left, onUndone?: () => void) {
    endOffer()
    const outcome = await send({ id, expectedVersion: version })
    if (outcome.ok) {
      onUndone?.()
      showToast({ tone: 'success', text: t('tickets.undone', { key }) })
    } else showToast({ tone: 'danger', text: outcome.unreachable ? t('tickets.unreachable') : t('tickets.refused', { reason: refusalText(outcome.errors[0], t) }) })
  }
  return (ticket, text, onUndone) => {
    const run = () => void undo(ticket, onUndone)
    endOffer()
    wayBack.set({ run, toast: showToast({ tone: 'success', text, action: { label: t('tickets.undo'), run } }) })
  }
}

export function useUndoCommand(): void {
  const offer = useStore(wayBack)
  useCommands([
    { id: 'ticket.undo', label: 'tickets.undo', group: 'tickets.group', keys: ['mod+z'], icon: Undo2, isLeftToFields: true, isEnabled: offer !== null, run: () => offer?.run() },
  ])
}
