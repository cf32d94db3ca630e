import { CircleCheckBig, Hand, Link2, RotateCcw, SkipForward, SquareCheck } from 'lucide-react'
import { useStrings } from '@/app/i18n/use-strings'
import { useCommandRegistry, useCommands } from '@/commands/use-commands'
import { showToast } from '@/ui/toasts'
import { isFinished } from './status-moves'
import type { TicketDetailFragment } from './ticket.generated'
import { useSayDone } from './undo'
import type { TicketWrites } from './use-ticket-writes'

type Status = TicketDetailFragment['status']

interface Asking {
  /** Where a colleague has the ticket. */
  askBeforeTaking?: () => void
}

/** The acts with a button of their own, what they say when done, and their commands. */
export function useTicketActs(ticket: TicketDetailFragment, writes: TicketWrites, { askBeforeTaking }: Asking) {
  const t = useStrings()
  const registry = useCommandRegistry()
  const sayDone = useSayDone()
  const { key } = ticket
  const isDone = isFinished(ticket.status)
  const reachable = (isWanted: (status: Status) => boolean) =>
    ticket.viewerCan.work ? ticket.allowedStatuses.find((status) => isWanted(status) && status.id !== ticket.status.id) : undefined
  const resolved = isDone ? undefined : reachable(({ category }) => category === 'RESOLVED')
  const closed = ticket.status.category === 'CLOSED' ? undefined : reachable(({ category }) => category === 'CLOSED')
  const reopened = isDone ? reachable((status) => status.key === 'open') : undefined
  const canTake = ticket.viewerCan.take && !isDone

  async function done(write: Promise<boolean>, text: string): Promise<boolean> {
    const isOk = await write
    const written = writes.written()
    if (isOk && written) sayDone(written, text)
    return isOk
  }
  const move = async (status: Status | undefined, text: string) => status !== undefined && done(writes.changeStatus(status.id), text)
  async function resolveAndNext() {
    if (await move(resolved, t('tickets.resolved', { key }))) registry.run('inbox.next')
  }
  async function copyLink() {
    const link = `${location.origin}/tickets/${key}`
    try {
      await navigator.clipboard.writeText(link)
      showToast({ tone: 'info', text: t('tickets.linkCopied') })
    } catch {
      // Without HTTPS, or where the person refused: they can take it from here.
      showToast({ tone: 'info', text: link })
    }
  }
  const takeAtOnce = () => void done(writes.take(), t('tickets.taken', { key }))
  const acts = {
    canTake,
    resolved,
    closed,
    reopened,
    take: askBeforeTaking ?? takeAtOnce,
    takeAtOnce,
    resolve: () => void move(resolved, t('tickets.resolved', { key })),
    close: () => void move(closed, t('tickets.closed', { key })),
    reopen: () => void move(reopened, t('tickets.reopened', { key })),
    copyLink: () => void copyLink(),
  }
  useCommands([
    { id: 'ticket.take', label: 'tickets.do.take', group: 'tickets.group', keys: ['t'], icon: Hand, isEnabled: canTake, run: acts.take },
    { id: 'ticket.resolve', label: 'tickets.do.resolve', group: 'tickets.group', keys: ['e'], icon: CircleCheckBig, isEnabled: resolved !== undefined, run: acts.resolve },
    { id: 'ticket.resolveNext', label: 'tickets.do.resolveNext', group: 'tickets.group', keys: ['d'], icon: SkipForward, isEnabled: resolved !== undefined, run: () => void resolveAndNext() },
    { id: 'ticket.close', label: 'tickets.do.close', group: 'tickets.group', keys: ['shift+e'], icon: SquareCheck, isEnabled: closed !== undefined, run: acts.close },
    { id: 'ticket.reopen', label: 'tickets.do.reopen', group: 'tickets.group', keys: ['shift+o'], icon: RotateCcw, isEnabled: reopened !== undefined, run: acts.reopen },
    { id: 'ticket.link', label: 'tickets.do.copyLink', group: 'tickets.group', keys: ['mod+shift+c'], icon: Link2, run: acts.copyLink },
  ])
  return acts
}
