import type { EscalationRuleInput } from '@/graphql/generated/schema'
import type { RuleDetailFragment } from './escalation.generated'

/** A rule as its sentence holds it. The recipient is the id of a person or of a team. */
export interface RuleValues {
  name: string
  surveyId: string | null
  segment: string | null
  delayMinutes: number
  recipientId: string | null
  isActive: boolean
}

export const NEW_RULE: RuleValues = { name: '', surveyId: null, segment: null, delayMinutes: 240, recipientId: null, isActive: true }

export function ruleValues(rule: RuleDetailFragment): RuleValues {
  return {
    name: rule.name,
    surveyId: rule.survey?.id ?? null,
    segment: rule.segment ?? null,
    delayMinutes: rule.delayMinutes,
    recipientId: rule.recipientUser?.id ?? rule.recipientTeam?.id ?? null,
    isActive: rule.isActive,
  }
}

export function ruleInput({ recipientId, ...values }: RuleValues): EscalationRuleInput {
  const isTeam = recipientId?.startsWith('tea_') ?? false
  return { ...values, name: values.name.trim(), recipientTeamId: isTeam ? recipientId : null, recipientUserId: isTeam ? null : recipientId }
}

interface Names {
  survey: string | null
  segment: string | null
  delay: string
}

/** A name for a rule that was given none: where, then how long. */
export function suggestedName({ survey, segment, delay }: Names): string {
  return [survey, segment, delay].filter(Boolean).join(', ')
}
