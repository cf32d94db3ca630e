import { ChevronDown, ChevronUp, Ellipsis, Hand, Link2, Maximize2, MessageSquare, Pencil, RotateCcw, TriangleAlert, X } from 'lucide-react'
import { Suspense, useState } from 'react'
import { flushSync } from 'react-dom'
import { useNavigate } from 'react-router'
import { useStrings } from '@/app/i18n/use-strings'
import { useCommandRegistry, useCommands } from '@/commands/use-commands'
import { lazyPart } from '@/lib/lazy-part'
import { Button, IconButton } from '@/ui/Button'
import { OverlayLoading } from '@/ui/Loading'
import { Menu, MenuItem } from '@/ui/Menu'
import { DueTime } from './DueTime'
import { SubjectField } from './SubjectField'
import { useIsBesideList } from './ticket-address'
import type { TicketDetailFragment } from './ticket.generated'
import { TicketFields } from './TicketFields'
import styles from './TicketHeader.module.css'
import { useTicketActs } from './use-ticket-acts'
import type { TicketWrites } from './use-ticket-writes'

const EscalateDialog = lazyPart(() => import('./EscalateDialog'))

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
    { id: 'ticket.escalate', label: 'tickets.do.escalate', group: 'tickets.group', keys: ['shift+x'], icon: TriangleAlert, isTypedInto: true, isEnabled: ticket.viewerCan.escalate, run: () => setEscalating(true) },
    { id: 'ticket.rename', label: 'tickets.do.rename', group: 'tickets.group', keys: ['r'], icon: Pencil, isTypedInto: true, isEnabled: ticket.viewerCan.work, run: () => setRenaming(true) },
    { id: 'ticket.comment', label: 'tickets.do.comment', group: 'tickets.group', keys: ['c'], icon: MessageSquare, isTypedInto: true, isEnabled: ticket.viewerCan.work, run: () => focusComposer(onComment) },
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
        {acts.reopened && (
          <Button look="primary" size="small" icon={RotateCcw} onPress={acts.reopen}>
            {t('tickets.do.reopen')}
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
      <Suspense fallback={<OverlayLoading />}>{isEscalating && <EscalateDialog ticket={ticket} writes={writes} onClose={() => setEscalating(false)} />}</Suspense>
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
