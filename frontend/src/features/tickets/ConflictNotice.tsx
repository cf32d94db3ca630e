import { useStrings } from '@/app/i18n/use-strings'
import { Button } from '@/ui/Button'
import { Notice } from '@/ui/Notice'
import styles from './TicketHeader.module.css'
import type { TicketDetailFragment } from './ticket.generated'
import { useConflictWords } from './use-conflict-words'
import type { TicketWrites } from './use-ticket-writes'

/** Somebody was faster: the current state is shown, and the action is offered again. */
export function ConflictNotice({ ticket, writes }: { ticket: TicketDetailFragment; writes: TicketWrites }) {
  const t = useStrings()
  const wordsOf = useConflictWords()
  if (!writes.conflict) return null
  return (
    <div className={styles.notice}>
      <Notice
        tone="warning"
        action={
          <span className={styles.noticeActions}>
            <Button size="small" look="quiet" onPress={writes.forgetConflict}>
              {t('tickets.conflict.drop')}
            </Button>
            <Button size="small" onPress={writes.conflict.redo}>
              {t('tickets.conflict.redo')}
            </Button>
          </span>
        }
      >
        {t('tickets.conflict', { key: ticket.key, action: writes.conflict.action, ...wordsOf(ticket.lastEvents) })}
      </Notice>
    </div>
  )
}
