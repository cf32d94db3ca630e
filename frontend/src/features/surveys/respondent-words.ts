import type { QuestionKind } from '@/graphql/generated/schema'
import { type DraftQuestion, highestMark, type Words } from './definition-editor'

/** What the respondent's page says by itself. The same words stand in the page; here they are for its preview. */
export const PAGE_WORDS = {
  optional: { fr: 'facultatif', en: 'optional' },
  contactHeading: { fr: 'Vos coordonnées', en: 'How to reach you' },
  contactNote: { fr: 'Facultatives. Elles nous permettent de vous répondre.', en: 'Optional. It allows us to get back to you.' },
  send: { fr: 'Envoyer ma réponse', en: 'Send my answer' },
  thanksHeading: { fr: 'Votre réponse est bien arrivée', en: 'We have received your answer' },
  soonHeading: { fr: 'Merci. Quelqu’un va revenir vers vous.', en: 'Thank you. Somebody will get back to you.' },
  chooseOne: { fr: 'Une seule réponse', en: 'One answer' },
  chooseMany: { fr: 'Plusieurs réponses possibles', en: 'Several answers possible' },
} as const satisfies Record<string, Words>

const SCALE_ENDS: Partial<Record<QuestionKind, [Words, Words]>> = {
  NPS: [
    { fr: 'Pas du tout probable', en: 'Not at all likely' },
    { fr: 'Très probable', en: 'Very likely' },
  ],
  CSAT: [
    { fr: 'Pas du tout satisfait', en: 'Very dissatisfied' },
    { fr: 'Très satisfait', en: 'Very satisfied' },
  ],
  CES: [
    { fr: 'Très difficile', en: 'Very difficult' },
    { fr: 'Très facile', en: 'Very easy' },
  ],
}

export function scaleOf({ kind, points }: Pick<DraftQuestion, 'kind' | 'points'>): { marks: number[]; ends: [Words, Words] } | null {
  const ends = SCALE_ENDS[kind]
  if (!ends) return null
  const lowest = kind === 'NPS' ? 0 : 1
  const highest = highestMark({ kind, points })
  return { marks: Array.from({ length: highest - lowest + 1 }, (_, step) => lowest + step), ends }
}

/** Questions as the page lays them out: contact details that follow each other stand together. */
export function pageBlocks(questions: readonly DraftQuestion[]): DraftQuestion[][] {
  const blocks: DraftQuestion[][] = []
  for (const question of questions) {
    const last = blocks.at(-1)
    if (question.contactField && last?.[0]?.contactField) last.push(question)
    else blocks.push([question])
  }
  return blocks
}
