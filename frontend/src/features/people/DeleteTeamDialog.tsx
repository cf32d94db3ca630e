import { useState } from 'react'
import { useQuery } from 'urql'
import { useStrings } from '@/app/i18n/use-strings'
import { useRefusalWords } from '@/features/editing/refusals'
import { useCan } from '@/features/session/viewer'
import { useWrite } from '@/graphql/use-write'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { Notice } from '@/ui/Notice'
import { RulesOfTeamsDocument, SurveysOfTeamsDocument, TeamDeleteDocument, type TeamDetailFragment, TicketsOfTeamDocument } from './people.generated'
import styles from './People.module.css'

/** Asks before a team goes, and says what still holds it. */
export function DeleteTeamDialog({ team, onClose }: { team: TeamDetailFragment; onClose: () => void }) {
  const t = useStrings()
  const refusalWords = useRefusalWords()
  const reasons = useReasonsToStay(team)
  const { send, isSending } = useWrite(TeamDeleteDocument)
  const [refusal, setRefusal] = useState<string | null>(null)
  async function remove() {
    const outcome = await send({ id: team.id, expectedVersion: team.version })
    if (outcome.ok) return onClose()
    setRefusal(refusalWords(outcome))
  }
  return (
    <ConfirmDialog
      title={t('people.teams.delete', { name: team.name })}
      confirmLabel={t('edit.delete')}
      isDanger
      isPending={isSending}
      isDisabled={reasons.length > 0}
      error={refusal}
      onConfirm={() => void remove()}
      onClose={onClose}
    >
      {reasons.length > 0 ? (
        <Notice tone="warning">
          {t('people.teams.delete.held')}
          <ul className={styles.reasons}>
            {reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </Notice>
      ) : (
        <p>{t('people.teams.delete.text')}</p>
      )}
    </ConfirmDialog>
  )
}

function useReasonsToStay(team: TeamDetailFragment): string[] {
  const t = useStrings()
  const canReadTickets = useCan('TICKETS_READ')
  const canReadRules = useCan('TICKETS_MANAGE')
  const [tickets] = useQuery({ query: TicketsOfTeamDocument, variables: { teamIds: [team.id] }, pause: !canReadTickets, requestPolicy: 'cache-and-network' })
  const [rules] = useQuery({ query: RulesOfTeamsDocument, pause: !canReadRules, requestPolicy: 'cache-and-network' })
  const [surveys] = useQuery({ query: SurveysOfTeamsDocument, requestPolicy: 'cache-and-network' })
  const count = tickets.data?.tickets.totalCount ?? 0
  return [
    ...(count > 0 ? [t('people.teams.held.tickets', { count })] : []),
    ...(rules.data?.escalationRules.nodes ?? []).filter(({ recipientTeam }) => recipientTeam?.id === team.id).map(({ name }) => t('people.teams.held.rule', { name })),
    ...(surveys.data?.surveys.nodes ?? []).filter(({ ticketRule }) => ticketRule.team?.id === team.id).map(({ name }) => t('people.teams.held.survey', { name })),
  ]
}
