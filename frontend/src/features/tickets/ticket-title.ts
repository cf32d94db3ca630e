interface Called {
  subject: string
  comment?: string | null
}

/** What a title shows whole, even on a phone. */
const SHORT_WORDS = 150

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

/** Whether the title holds all that the customer said: then they are not repeated below it. */
export function saysEverything(ticket: Called): boolean {
  const words = (ticket.comment ?? '').trim()
  return words === '' || (isCalledByWords(ticket) && words.length <= SHORT_WORDS && !words.includes('\n'))
}
