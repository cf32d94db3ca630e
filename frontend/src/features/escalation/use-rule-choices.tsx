import { UsersRound } from 'lucide-react'
import { useQuery } from 'urql'
import { useStrings } from '@/app/i18n/use-strings'
import { PeopleDocument } from '@/features/editing/edit.generated'
import { useCan } from '@/features/session/viewer'
import { Avatar } from '@/ui/Avatar'
import type { Option } from '@/ui/Select'
import { RuleSegmentsDocument, RuleSurveysDocument } from './escalation.generated'

export interface RuleChoices {
  surveys: Option[]
  segments: string[]
  recipients: Option[]
  surveyName: (id: string | null) => string | null
  recipientName: (id: string | null) => string | null
}

/** What the sentence of a rule may be filled with. */
export function useRuleChoices(): RuleChoices {
  const t = useStrings()
  const canReadTickets = useCan('TICKETS_READ')
  const [{ data: people }] = useQuery({ query: PeopleDocument })
  const [{ data: surveys }] = useQuery({ query: RuleSurveysDocument })
  const [{ data: segments }] = useQuery({ query: RuleSegmentsDocument, pause: !canReadTickets })
  const surveyOptions = (surveys?.surveys.nodes ?? []).map(({ id, name }) => ({ id, text: name }))
  const teams = (people?.teams.nodes ?? []).map(({ id, name }) => ({ id, text: t('escalation.team', { name }), mark: <UsersRound size={16} aria-hidden /> }))
  const users = (people?.users.nodes ?? [])
    .filter(({ permissions }) => permissions.includes('TICKETS_WORK'))
    .map(({ id, name, initials }) => ({ id, text: name, mark: <Avatar name={name} initials={initials} size={18} /> }))
  const nameIn = (options: Option[]) => (id: string | null) => options.find((option) => option.id === id)?.text ?? null
  const recipients = [...teams, ...users]
  return { surveys: surveyOptions, segments: segments?.segments ?? [], recipients, surveyName: nameIn(surveyOptions), recipientName: nameIn(recipients) }
}
