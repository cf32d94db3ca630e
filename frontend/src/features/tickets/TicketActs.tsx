import { ChevronDown, CircleCheckBig, Hand, type LucideIcon, RotateCcw, SkipForward, SquareCheck, TriangleAlert } from 'lucide-react'
import { type ReactNode, Suspense, useState } from 'react'
import { useStrings } from '@/app/i18n/use-strings'
import type { MessageKey } from '@/app/i18n/i18n'
import { useCommandRegistry, useCommands } from '@/commands/use-commands'
import { useViewer } from '@/features/session/viewer'
import { lazyPart } from '@/lib/lazy-part'
import { Button, IconButton } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { OverlayLoading } from '@/ui/Loading'
import { Menu, MenuItem } from '@/ui/Menu'
import styles from './TicketActs.module.css'
import type { TicketDetailFragment } from './ticket.generated'
import { useTicketActs } from './use-ticket-acts'
import type { TicketWrites } from './use-ticket-writes'

const EscalateDialog = lazyPart(() => import('./EscalateDialog'))

interface Act {
  /** Of the command that does it. */
  id: string
  label: MessageKey
  icon: LucideIcon
  keys?: string
}

/** What may be done next with a ticket, the likeliest first, and the questions that some of it asks. */
export function useOfferedActs(ticket: TicketDetailFragment, writes: TicketWrites): { acts: Act[]; questions: ReactNode } {
  const { id: me } = useViewer()
  const [question, setQuestion] = useState<'escalate' | 'takeOver' | null>(null)
  const isColleagues = ticket.assignee !== null && ticket.assignee !== undefined && ticket.assignee.id !== me
  const isEscalated = ticket.status.category === 'ESCALATED'
  const can = useTicketActs(ticket, writes, { askBeforeTaking: isColleagues ? () => setQuestion('takeOver') : undefined })
  const canEscalate = ticket.viewerCan.escalate && !isEscalated
  useCommands([
    { id: 'ticket.escalate', label: 'tickets.do.escalate', group: 'tickets.group', keys: ['shift+x'], icon: TriangleAlert, isTypedInto: true, isEnabled: canEscalate, run: () => setQuestion('escalate') },
  ])
  const take: Act = { id: 'ticket.take', label: 'tickets.do.take', icon: Hand, keys: 't' }
  const acts: (Act | false)[] = [
    can.canTake && !isColleagues && take,
    Boolean(can.resolved) && { id: 'ticket.resolve', label: 'tickets.do.resolve', icon: CircleCheckBig, keys: 'e' },
    Boolean(can.reopened) && { id: 'ticket.reopen', label: 'tickets.do.reopen', icon: RotateCcw, keys: 'shift+o' },
    Boolean(can.closed) && { id: 'ticket.close', label: 'tickets.do.close', icon: SquareCheck, keys: 'shift+e' },
    canEscalate && { id: 'ticket.escalate', label: 'tickets.do.escalate', icon: TriangleAlert, keys: 'shift+x' },
    Boolean(can.resolved) && { id: 'ticket.resolveNext', label: 'tickets.do.resolveNext', icon: SkipForward, keys: 'd' },
    can.canTake && isColleagues && { ...take, label: 'tickets.do.takeOver' },
  ]
  const questions = (
    <>
      {question === 'takeOver' && <TakeOver ticket={ticket} onTake={can.takeAtOnce} onClose={() => setQuestion(null)} />}
      <Suspense fallback={<OverlayLoading />}>{question === 'escalate' && <EscalateDialog ticket={ticket} writes={writes} onClose={() => setQuestion(null)} />}</Suspense>
    </>
  )
  return { acts: acts.filter((act) => act !== false), questions }
}

/** The likeliest act as a button, the others beside it where there is room, and all but the first in a menu. */
export function TicketActs({ acts }: { acts: Act[] }) {
  const t = useStrings()
  const registry = useCommandRegistry()
  const [first, ...others] = acts
  if (!first) return null
  return (
    <div className={styles.acts}>
      <Button look={first.id === 'ticket.reopen' ? 'secondary' : 'primary'} size="small" icon={first.icon} onPress={() => registry.run(first.id)}>
        {t(first.label)}
      </Button>
      {others.slice(0, 2).map(({ id, label }) => (
        <span key={id} className={styles.beside}>
          <Button size="small" onPress={() => registry.run(id)}>
            {t(label)}
          </Button>
        </span>
      ))}
      {others.length > 0 && (
        <Menu aria-label={t('tickets.acts')} placement="bottom end" onAction={(id) => registry.run(String(id))} trigger={<IconButton icon={ChevronDown} label={t('tickets.acts')} size="small" />}>
          {others.map(({ id, label, icon, keys }) => (
            <MenuItem key={id} id={id} text={t(label)} icon={icon} keys={keys} />
          ))}
        </Menu>
      )}
    </div>
  )
}

/** Somebody else works on it: to take it from them is asked twice. */
function TakeOver({ ticket, onTake, onClose }: { ticket: TicketDetailFragment; onTake: () => void; onClose: () => void }) {
  const t = useStrings()
  const name = ticket.assignee?.name ?? ''
  function take() {
    onClose()
    onTake()
  }
  return (
    <ConfirmDialog title={t('tickets.takeOver.title', { key: ticket.key, name })} confirmLabel={t('tickets.do.takeOver')} onConfirm={take} onClose={onClose}>
      <p>{t('tickets.takeOver.text', { name })}</p>
    </ConfirmDialog>
  )
}
