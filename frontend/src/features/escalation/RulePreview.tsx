import { FlaskConical } from 'lucide-react'
import { Link } from 'react-router'
import { useQuery } from 'urql'
import { TimeAgo, useStrings } from '@/app/i18n/use-strings'
import { StatusMark } from '@/features/tickets/StatusMark'
import { statusLabel } from '@/features/tickets/status-label'
import { useNow } from '@/lib/now'
import { Notice } from '@/ui/Notice'
import { RulePreviewDocument } from './escalation.generated'
import styles from './Escalation.module.css'
import { type RuleValues, ruleInput } from './rule-form'

const SHOWN = 6

/** The dry run: how many tickets wait for this rule, how many it would escalate at once, and the oldest of them. */
export function RulePreview({ values }: { values: RuleValues }) {
  const t = useStrings()
  const now = useNow()
  const rule = ruleInput({ ...values, name: values.name || '–', recipientId: null })
  const [{ data, error }] = useQuery({ query: RulePreviewDocument, variables: { rule }, requestPolicy: 'cache-and-network' })
  if (error && !data) return <Notice tone="warning">{t('escalation.preview.failed')}</Notice>
  const preview = data?.escalationPreview
  return (
    <section className={styles.preview} aria-label={t('escalation.preview')} aria-live="polite" data-loading={!preview || undefined}>
      <p className={styles.previewHead}>
        <FlaskConical size={14} aria-hidden />
        {!preview && t('app.loading')}
        {preview && (preview.waiting === 0 ? t('escalation.preview.none') : t('escalation.preview.counts', { waiting: preview.waiting, due: preview.dueNow }))}
      </p>
      {preview && preview.tickets.length > 0 && (
        <ul className={styles.tickets}>
          {preview.tickets.slice(0, SHOWN).map((ticket) => (
            <li key={ticket.id} className={styles.ticket} data-due={now - Date.parse(ticket.createdAt) >= values.delayMinutes * 60_000 || undefined}>
              <StatusMark category={ticket.status.category} />
              <span className="visually-hidden">{statusLabel(ticket.status, t)}</span>
              <Link to={`/tickets/${ticket.key}`}>{ticket.key}</Link>
              <span className={styles.subject}>{ticket.subject}</span>
              <span className={styles.owner}>{ticket.assignee?.name}</span>
              <TimeAgo at={ticket.createdAt} />
            </li>
          ))}
        </ul>
      )}
      {preview && preview.waiting > SHOWN && <p className={styles.more}>{t('escalation.preview.more', { count: preview.waiting - Math.min(SHOWN, preview.tickets.length) })}</p>}
      <p className={styles.more}>{t('escalation.preview.excluded')}</p>
    </section>
  )
}
