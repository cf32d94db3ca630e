interface Called {
  subject: string
  comment?: string | null
}

/** What a title shows whole: even on a phone, or where the ticket has a page of its own. */
const SHORT_WORDS = 150
const MEDIUM_WORDS = 300

/** Where a title holds all that the customer said. */
export type Room = 'any' | 'wide' | 'none'

const onOneLine = (text: string) => text.split(/\s+/).filter(Boolean).join(' ')

/** Whether the ticket still has the name it was born with: the customer's first words. Older ones end in an ellipsis. */
function isCalledByWords({ subject, comment }: Called): boolean {
  const words = onOneLine(comment ?? '')
  return words !== '' && words.startsWith(subject.replace(/…$/, ''))
}

/** The customer's words as the title, unless somebody has called the ticket something else. */
export function titleOf(ticket: Called): string {
  return isCalledByWords(ticket) ? onOneLine(ticket.comment ?? '') : ticket.subject
}

/** How much room the title needs to hold all of the customer's words: with that, they are not repeated below it. */
export function roomForWords(ticket: Called): Room {
  const words = (ticket.comment ?? '').trim()
  if (words === '') return 'any'
  if (!isCalledByWords(ticket) || words.includes('\n') || words.length > MEDIUM_WORDS) return 'none'
  return words.length <= SHORT_WORDS ? 'any' : 'wide'
}
