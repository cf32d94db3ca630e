import { Gauge, ListChecks, type LucideIcon, Smile, TextCursorInput, ThumbsUp } from 'lucide-react'
import type { QuestionKind } from '@/graphql/generated/schema'

export const KINDS: QuestionKind[] = ['NPS', 'CSAT', 'CES', 'CHOICE', 'TEXT']

export const KIND_ICONS: Record<QuestionKind, LucideIcon> = { NPS: ThumbsUp, CSAT: Smile, CES: Gauge, CHOICE: ListChecks, TEXT: TextCursorInput }
