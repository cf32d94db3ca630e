import { LockKeyhole } from 'lucide-react'
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import { TextArea, TextField } from 'react-aria-components'
import { TimeAgo, useStrings } from '@/app/i18n/use-strings'
import type { ConnectionPage } from '@/graphql/paged-list'
import { refusalText } from '@/graphql/refusal-text'
import { usePagedList } from '@/graphql/use-paged-list'
import { useWrite } from '@/graphql/use-write'
import { newIdempotencyKey } from '@/lib/random'
import { sendsByKey } from '@/lib/submit-key'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { Keys } from '@/ui/Keys'
import { LoadMore } from '@/ui/LoadMore'
import { Notice } from '@/ui/Notice'
import { ErrorState, Skeleton } from '@/ui/States'
import styles from './Conversation.module.css'
import { roomForWords } from './ticket-title'
import { type CommentFragment, TicketCommentDocument, TicketCommentsDocument, type TicketCommentsQuery } from './ticket.generated'
import { COMPOSER_ID } from './TicketHeader'
import type { PanelTicket } from './TicketPanel'
import { useDraft } from './use-draft'

interface Props {
  ticket: PanelTicket
  onWritten: () => void
  /** With each letter of a comment that is being written. */
  onWriting?: () => void
  /** When nothing is being written any more. */
  onStopped?: () => void
}

/** The list grows towards the past: its pages are read from the end. */
function commentsOf({ ticketByKey }: TicketCommentsQuery): ConnectionPage<CommentFragment> | null {
  if (!ticketByKey) return null
  const { nodes, pageInfo } = ticketByKey.comments
  return { nodes: nodes.toReversed(), pageInfo: { hasNextPage: pageInfo.hasPreviousPage, endCursor: pageInfo.startCursor } }
}

/** What the customer said, then what the team says among itself. */
export function Conversation({ ticket, onWritten, onWriting, onStopped }: Props) {
  const t = useStrings()
  const { list, state } = usePagedList(TicketCommentsDocument, { variables: { key: ticket.key }, connectionOf: commentsOf })
  const comments = state.nodes.toReversed()
  const scroller = useReadingPlace(comments)
  return (
    <>
      <div className={styles.scroll} ref={scroller} role="group" aria-label={t('tickets.tab.conversation')} tabIndex={0}>
        <CustomerWords ticket={ticket} />
        {state.isLoading && <Skeleton rows={2} rowHeight={48} />}
        {state.error && comments.length === 0 && <ErrorState error={state.error} onRetry={list.refresh} />}
        {!state.isLoading && !state.error && comments.length === 0 && <p className={styles.empty}>{t('tickets.comment.empty')}</p>}
        {state.hasMore && <LoadMore onReach={list.loadMore} />}
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
      {ticket.viewerCan.work && <Composer ticket={ticket} onWritten={onWritten} onWriting={onWriting} onStopped={onStopped} />}
    </>
  )
}

/** A newer comment is scrolled to; older ones that come in above leave what is being read where it is. */
function useReadingPlace(comments: CommentFragment[]) {
  const scroller = useRef<HTMLDivElement>(null)
  const before = useRef<{ first?: string; last?: string; height: number }>({ height: 0 })
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const now = { first: comments[0]?.id, last: comments.at(-1)?.id, height: element.scrollHeight }
    if (now.last && now.last !== before.current.last) element.scrollTop = now.height
    else if (now.first !== before.current.first) element.scrollTop += now.height - before.current.height
    before.current = now
  })
  return scroller
}

/** All that the customer said, where the title has no room for it. Who and when stand above the title. */
function CustomerWords({ ticket }: { ticket: PanelTicket }) {
  const t = useStrings()
  const room = roomForWords(ticket)
  if (room === 'any') return null
  return (
    <figure className={styles.customer} data-room={room} aria-label={t('tickets.words')}>
      <blockquote className={styles.words}>{ticket.comment}</blockquote>
    </figure>
  )
}

function Composer({ ticket, onWritten, onWriting, onStopped }: Props) {
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
    if (!outcome.ok) return setError(outcome.unreachable ? t('app.error.unreachable.text') : refusalText(outcome.errors[0], t))
    idempotencyKey.current = newIdempotencyKey()
    setError(null)
    draft.clear()
    onStopped?.()
    onWritten()
  }
  function change(text: string) {
    draft.change(text)
    if (text) onWriting?.()
    else onStopped?.()
  }
  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    sendsByKey(() => void comment())(event)
    if (event.key === 'Escape') {
      event.currentTarget.blur()
      event.stopPropagation()
    }
  }
  return (
    <div className={styles.composer}>
      {error && <Notice tone="danger">{error}</Notice>}
      <TextField aria-label={t('tickets.comment.label')} className={styles.field} value={draft.text} onChange={change} onBlur={onStopped}>
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
