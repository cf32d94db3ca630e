import { type KeyboardEvent, useRef, useState } from 'react'
import { useMatch } from 'react-router'
import { useStrings } from '@/app/i18n/use-strings'
import { roomForWords, titleOf } from './ticket-title'
import type { TicketDetailFragment } from './ticket.generated'
import styles from './TicketHeader.module.css'
import type { TicketWrites } from './use-ticket-writes'

interface Props {
  ticket: TicketDetailFragment
  writes: TicketWrites
  isEditing: boolean
  onEditing: (isEditing: boolean) => void
}

/** What takes more than two lines in large letters. */
const LONG_TITLE = 70

/** The title: the customer's words, or what somebody called the ticket, edited where it stands. */
export function SubjectField({ ticket, writes, isEditing, onEditing }: Props) {
  const t = useStrings()
  const [text, setText] = useState<string | null>(null)
  // Enter and then a click elsewhere are one wish.
  const isUnderway = useRef(false)
  // Beside a list the page has its title already.
  const Heading = useMatch('/tickets/:key') ? 'h1' : 'h2'

  async function keep() {
    const subject = text?.trim()
    if (!subject || subject === ticket.subject) return leave()
    if (isUnderway.current) return
    isUnderway.current = true
    const isDone = await writes.update({ subject }, t('tickets.do.rename'))
    isUnderway.current = false
    if (isDone) leave()
  }
  function leave() {
    setText(null)
    onEditing(false)
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter') void keep()
    if (event.key !== 'Escape') return
    leave()
    event.stopPropagation()
  }
  const title = titleOf(ticket)
  if (!isEditing)
    return (
      <Heading className={styles.subject} data-room={roomForWords(ticket)} data-long={title.length > LONG_TITLE || undefined}>
        {title}
      </Heading>
    )
  return (
    <input
      className={styles.subjectInput}
      aria-label={t('tickets.field.subject')}
      value={text ?? ticket.subject}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={() => void keep()}
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- the person has just asked to edit it
      autoFocus
    />
  )
}
