import { ChevronDown, ChevronUp, Ellipsis, Link2, Maximize2, MessageSquare, Pencil, X } from 'lucide-react'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { useNavigate } from 'react-router'
import { TimeAgo, useStrings } from '@/app/i18n/use-strings'
import { useCommandRegistry, useCommands } from '@/commands/use-commands'
import { IconButton } from '@/ui/Button'
import { Menu, MenuItem } from '@/ui/Menu'
import { customerLabel } from './customer-label'
import { DueTime } from './DueTime'
import { PresentPeople } from './PresentPeople'
import { ScoreChip } from './ScoreChip'
import { SubjectField } from './SubjectField'
import { useIsBesideList } from './ticket-address'
import type { TicketDetailFragment } from './ticket.generated'
import { TicketFields } from './TicketFields'
import styles from './TicketHeader.module.css'
import type { PresentPerson } from './use-presence'
import type { TicketWrites } from './use-ticket-writes'

interface Props {
  ticket: TicketDetailFragment
  writes: TicketWrites
  /** Who else is here. */
  people: PresentPerson[]
  onClose: () => void
  onComment: () => void
}

export function TicketHeader({ ticket, writes, people, onClose, onComment }: Props) {
  const t = useStrings()
  const [isRenaming, setRenaming] = useState(false)
  useCommands([
    { id: 'ticket.rename', label: 'tickets.do.rename', group: 'tickets.group', keys: ['r'], icon: Pencil, isTypedInto: true, isEnabled: ticket.viewerCan.work, run: () => setRenaming(true) },
    { id: 'ticket.comment', label: 'tickets.do.comment', group: 'tickets.group', keys: ['c'], icon: MessageSquare, isTypedInto: true, isEnabled: ticket.viewerCan.work, run: () => focusComposer(onComment) },
  ])
  return (
    <header className={styles.header}>
      <div className={styles.top}>
        <span className={styles.key}>{ticket.key}</span>
        <span className={styles.kind}>{ticket.survey?.name ?? t('tickets.manual')}</span>
        <DueTime at={ticket.nextDueAt} />
        <PresentPeople people={people} />
        <PanelControls ticket={ticket} onClose={onClose} />
      </div>
      <p className={styles.voice}>
        <ScoreChip score={ticket.score} maximum={ticket.scoreMaximum} scoreClass={ticket.scoreClass} />
        <span className={styles.customer}>{customerLabel(ticket, t)}</span>
        <TimeAgo at={ticket.occurredAt} />
      </p>
      <SubjectField ticket={ticket} writes={writes} isEditing={isRenaming} onEditing={setRenaming} />
      <TicketFields ticket={ticket} writes={writes} />
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
