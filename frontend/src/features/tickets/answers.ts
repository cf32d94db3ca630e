import type { Locale } from '@/app/i18n/i18n'
import type { PanelTicket } from './TicketPanel'

export type Answer = NonNullable<PanelTicket['response']>['answers'][number]

const RANK: Record<string, number> = { SCORE: 0, COMMENT: 1 }

/** The question that decided the ticket first, then the customer's words, then the rest as asked. */
export function scoreFirst(answers: readonly Answer[]): Answer[] {
  return answers.toSorted((a, b) => (RANK[a.question.role ?? ''] ?? 2) - (RANK[b.question.role ?? ''] ?? 2))
}

/** What was answered, in words; empty when the question was passed over. */
export function answerText({ question, number, text, choices }: Answer, locale: Locale): string {
  if (choices.length > 0) return choices.map((choice) => choice.text[locale]).join(', ')
  if (number !== null && number !== undefined) {
    const maximum = question.kind === 'NPS' ? 10 : question.points
    return maximum ? `${number} / ${maximum}` : String(number)
  }
  return text ?? ''
}
