import { LockKeyhole } from 'lucide-react'
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import { TextArea, TextField } from 'react-aria-components'
import { TimeAgo, useStrings } from '@/app/i18n/use-strings'
import { Keys } from '@/ui/Keys'
import { refusalText } from '@/graphql/refusal-text'
import { useWrite } from '@/graphql/use-write'
import { newIdempotencyKey } from '@/lib/random'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { Notice } from '@/ui/Notice'
import styles from './Conversation.module.css'
import { ScoreChip } from './ScoreChip'
import { TicketCommentDocument } from './ticket.generated'
import { COMPOSER_ID } from './TicketHeader'
import type { PanelTicket } from './TicketPanel'
import { useDraft } from './use-draft'

interface Props {
  ticket: PanelTicket
  onWritten: () => void
}

/** What the customer said, then what the team says among itself. */
export function Conversation({ ticket, onWritten }: Props) {
  const t = useStrings()
  const scroller = useRef<HTMLDivElement>(null)
  const comments = ticket.comments.nodes
  const last = comments.at(-1)?.id
  useLayoutEffect(() => {
    if (last) scroller.current?.scrollTo({ top: scroller.current.scrollHeight })
  }, [last])
  return (
    <>
      <div className={styles.scroll} ref={scroller}>
        <CustomerWords ticket={ticket} />
        {comments.length === 0 && <p className={styles.empty}>{t('tickets.comment.empty')}</p>}
        <ol className={styles.comments}>
          {comments.map((comment) => (
            <li key={comment.id} className={styles.comment}>
              <Avatar name={comment.author?.name ?? '?'} initials={comment.author?.initials} size={24} />
              <div className={styles.bubble}>
                <header className={styles.meta}>
                  <strong>{comment.author?.name ?? t('tickets.actor.someone')}</strong>
                  <TimeAgo at={comment.createdAt} />
                </header>
                <p className={styles.body}>{comment.body}</p>
              </div>
            </li>
          ))}
        </ol>
      </div>
      {ticket.viewerCan.work && <Composer ticket={ticket} onWritten={onWritten} />}
    </>
  )
}

function CustomerWords({ ticket }: { ticket: PanelTicket }) {
  return (
    <figure className={styles.customer}>
      <figcaption className={styles.meta}>
        <ScoreChip score={ticket.score} maximum={ticket.scoreMaximum} scoreClass={ticket.scoreClass} />
        <strong>{ticket.customerName}</strong>
        <TimeAgo at={ticket.occurredAt} />
      </figcaption>
      {ticket.comment && <blockquote className={styles.words}>{ticket.comment}</blockquote>}
    </figure>
  )
}

function Composer({ ticket, onWritten }: Props) {
  const t = useStrings()
  const draft = useDraft(`comment.${ticket.id}`)
  const [error, setError] = useState<string | null>(null)
  const { send, isSending } = useWrite(TicketCommentDocument)
  // The same key for every try of one comment: an answer lost on the way does not double it.
  const idempotencyKey = useRef(newIdempotencyKey())

  async function comment() {
    const body = draft.text.trim()
    if (!body || isSending) return
    const outcome = await send({ id: ticket.id, body, idempotencyKey: idempotencyKey.current })
    if (!outcome.ok) return setError(outcome.unreachable ? t('app.error.unreachable.text') : refusalText(outcome.errors[0] ?? { code: 'UNAVAILABLE', message: '' }, t))
    idempotencyKey.current = newIdempotencyKey()
    setError(null)
    draft.clear()
    onWritten()
  }
  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      void comment()
    }
    if (event.key === 'Escape') {
      event.currentTarget.blur()
      event.stopPropagation()
    }
  }
  return (
    <div className={styles.composer}>
      {error && <Notice tone="danger">{error}</Notice>}
      <TextField aria-label={t('tickets.comment.label')} className={styles.field} value={draft.text} onChange={draft.change}>
        <TextArea id={COMPOSER_ID} className={styles.input} rows={1} placeholder={t('tickets.comment.placeholder')} onKeyDown={onKeyDown} />
      </TextField>
      <div className={styles.send}>
        <span className={styles.internal}>
          <LockKeyhole size={12} aria-hidden />
          {draft.text ? t('tickets.comment.draft') : t('tickets.comment.internal')}
        </span>
        {draft.text && <Keys of="mod+Enter" />}
        <Button size="small" isPending={isSending} isDisabled={!draft.text.trim()} onPress={() => void comment()}>
          {t('tickets.comment.send')}
        </Button>
      </div>
    </div>
  )
}
