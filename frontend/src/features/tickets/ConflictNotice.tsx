import { useStrings } from '@/app/i18n/use-strings'
import { Button } from '@/ui/Button'
import { Notice } from '@/ui/Notice'
import styles from './TicketHeader.module.css'
import { statusLabel } from './status-label'
import type { TicketDetailFragment } from './ticket.generated'
import type { TicketWrites } from './use-ticket-writes'

/** Somebody was faster: the current state is shown, and the action is offered again. */
export function ConflictNotice({ ticket, writes }: { ticket: TicketDetailFragment; writes: TicketWrites }) {
  const t = useStrings()
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
        {t('tickets.conflict', {
          key: ticket.key,
          status: statusLabel(ticket.status, t),
          assignee: ticket.assignee?.name ?? t('tickets.unassigned'),
          action: writes.conflict.action,
        })}
      </Notice>
    </div>
  )
}
