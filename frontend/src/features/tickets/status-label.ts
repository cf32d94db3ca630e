import type { Translate } from '@/app/i18n/use-strings'
import type { MessageKey } from '@/app/i18n/i18n'

const BASE_STATUSES: Record<string, MessageKey> = {
  new: 'tickets.status.new',
  open: 'tickets.status.open',
  in_progress: 'tickets.status.in_progress',
  escalated: 'tickets.status.escalated',
  resolved: 'tickets.status.resolved',
  closed: 'tickets.status.closed',
}

/** Base statuses speak the language of the screen; an organisation's own keep the name it gave them. */
export function statusLabel(status: { key: string; name: string }, t: Translate): string {
  const key = BASE_STATUSES[status.key]
  return key ? t(key) : status.name
}
