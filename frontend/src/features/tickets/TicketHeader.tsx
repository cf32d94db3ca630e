import { CircleCheckBig, ChevronDown, ChevronUp, Ellipsis, Hand, Link2, Maximize2, MessageSquare, Pencil, SquareCheck, TriangleAlert, X } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { flushSync } from 'react-dom'
import { useNavigate } from 'react-router'
import { useStrings } from '@/app/i18n/use-strings'
import { useCommandRegistry, useCommands } from '@/commands/use-commands'
import { Button, IconButton } from '@/ui/Button'
import { Menu, MenuItem } from '@/ui/Menu'
import { showToast } from '@/ui/toasts'
import { DueTime } from './DueTime'
import { canReturn, isFinished } from './status-moves'
import { SubjectField } from './SubjectField'
import { useIsBesideList } from './ticket-address'
import type { TicketDetailFragment } from './ticket.generated'
import { TicketFields } from './TicketFields'
import styles from './TicketHeader.module.css'
import type { TicketWrites } from './use-ticket-writes'

const EscalateDialog = lazy(() => import('./EscalateDialog'))

interface Props {
  ticket: TicketDetailFragment
  writes: TicketWrites
  onClose: () => void
  onComment: () => void
}

export function TicketHeader({ ticket, writes, onClose, onComment }: Props) {
  const t = useStrings()
  const [isRenaming, setRenaming] = useState(false)
  const [isEscalating, setEscalating] = useState(false)
  const acts = useTicketActs(ticket, writes)
  useCommands([
    { id: 'ticket.take', label: 'tickets.do.take', group: 'tickets.group', keys: ['t'], icon: Hand, isEnabled: acts.canTake, run: acts.take },
    { id: 'ticket.resolve', label: 'tickets.do.resolve', group: 'tickets.group', keys: ['e'], icon: CircleCheckBig, isEnabled: acts.resolved !== undefined, run: acts.resolve },
    { id: 'ticket.close', label: 'tickets.do.close', group: 'tickets.group', keys: ['shift+e'], icon: SquareCheck, isEnabled: acts.closed !== undefined, run: acts.close },
    { id: 'ticket.escalate', label: 'tickets.do.escalate', group: 'tickets.group', keys: ['shift+x'], icon: TriangleAlert, isTypedInto: true, isEnabled: ticket.viewerCan.escalate, run: () => setEscalating(true) },
    { id: 'ticket.rename', label: 'tickets.do.rename', group: 'tickets.group', keys: ['r'], icon: Pencil, isTypedInto: true, isEnabled: ticket.viewerCan.work, run: () => setRenaming(true) },
    { id: 'ticket.comment', label: 'tickets.do.comment', group: 'tickets.group', keys: ['c'], icon: MessageSquare, isTypedInto: true, isEnabled: ticket.viewerCan.work, run: () => focusComposer(onComment) },
    { id: 'ticket.link', label: 'tickets.do.copyLink', group: 'tickets.group', keys: ['mod+shift+c'], icon: Link2, run: acts.copyLink },
  ])
  return (
    <header className={styles.header}>
      <div className={styles.top}>
        <span className={styles.key}>{ticket.key}</span>
        <span className={styles.kind}>{ticket.survey?.name ?? t('tickets.manual')}</span>
        <DueTime at={ticket.nextDueAt} />
        <PanelControls ticket={ticket} onClose={onClose} />
      </div>
      <SubjectField ticket={ticket} writes={writes} isEditing={isRenaming} onEditing={setRenaming} />
      <TicketFields ticket={ticket} writes={writes} />
      <div className={styles.actions}>
        {acts.canTake && (
          <Button look="primary" size="small" icon={Hand} onPress={acts.take}>
            {t('tickets.do.take')}
          </Button>
        )}
        {acts.resolved && (
          <Button look={acts.canTake ? 'secondary' : 'primary'} size="small" onPress={acts.resolve}>
            {t('tickets.do.resolve')}
          </Button>
        )}
        {acts.closed && (
          <Button size="small" onPress={acts.close}>
            {t('tickets.do.close')}
          </Button>
        )}
        {ticket.viewerCan.escalate && (
          <Button size="small" onPress={() => setEscalating(true)}>
            {t('tickets.do.escalate')}
          </Button>
        )}
      </div>
      <Suspense fallback={null}>{isEscalating && <EscalateDialog ticket={ticket} writes={writes} onClose={() => setEscalating(false)} />}</Suspense>
    </header>
  )
}

export const COMPOSER_ID = 'comment-composer'

function focusComposer(showTab: () => void) {
  // At once, so that the next letter is the first of the comment.
  flushSync(showTab)
  const composer = document.getElementById(COMPOSER_ID)
  if (!(composer instanceof HTMLTextAreaElement)) return
  composer.focus()
  composer.setSelectionRange(composer.value.length, composer.value.length)
}

/** The acts with a button of their own, and what they say when done. */
function useTicketActs(ticket: TicketDetailFragment, writes: TicketWrites) {
  const t = useStrings()
  const { key } = ticket
  const isUnsolved = !isFinished(ticket.status)
  const reachable = (category: string) => (ticket.viewerCan.work ? ticket.allowedStatuses.find((status) => status.category === category && status.id !== ticket.status.id) : undefined)
  const resolved = isUnsolved ? reachable('RESOLVED') : undefined
  const closed = ticket.status.category === 'CLOSED' ? undefined : reachable('CLOSED')

  async function move(status: TicketDetailFragment['status'] | undefined, text: string) {
    const before = ticket.status
    if (!status || !(await writes.changeStatus(status.id))) return
    const undo = canReturn(before, status) ? { label: t('tickets.undo'), run: () => void writes.changeStatus(before.id) } : undefined
    showToast({ tone: 'success', text, action: undo })
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
  return {
    canTake: ticket.viewerCan.take && isUnsolved,
    resolved,
    closed,
    take: () => void writes.take().then((done) => done && showToast({ tone: 'success', text: t('tickets.taken', { key }) })),
    resolve: () => void move(resolved, t('tickets.resolved', { key })),
    close: () => void move(closed, t('tickets.closed', { key })),
    copyLink: () => void copyLink(),
  }
}

/** Next, previous, more, close. The moves are commands of the list beside; without a list there are none. */
function PanelControls({ ticket, onClose }: { ticket: TicketDetailFragment; onClose: () => void }) {
  const t = useStrings()
  const navigate = useNavigate()
  const isBesideList = useIsBesideList()
  const registry = useCommandRegistry()
  return (
    <span className={styles.controls}>
      {isBesideList && (
        <>
          <IconButton icon={ChevronUp} label={t('inbox.previous')} keys="k" size="small" onPress={() => registry.run('inbox.previous')} />
          <IconButton icon={ChevronDown} label={t('inbox.next')} keys="j" size="small" onPress={() => registry.run('inbox.next')} />
        </>
      )}
      <Menu
        aria-label={t('app.more')}
        placement="bottom end"
        onAction={(id) => (id === 'full' ? void navigate(`/tickets/${ticket.key}`) : registry.run(String(id)))}
        trigger={<IconButton icon={Ellipsis} label={t('app.more')} size="small" />}
      >
        {ticket.viewerCan.work && <MenuItem id="ticket.rename" text={t('tickets.do.rename')} icon={Pencil} keys="r" />}
        <MenuItem id="ticket.link" text={t('tickets.do.copyLink')} icon={Link2} />
        {isBesideList && <MenuItem id="full" text={t('tickets.openFull')} icon={Maximize2} />}
      </Menu>
      <IconButton icon={X} label={t('tickets.close')} keys="Escape" size="small" onPress={onClose} />
    </span>
  )
}
