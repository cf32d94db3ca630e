import type { ReactNode } from 'react'
import { useQuery } from 'urql'
import { useLocale, useStrings } from '@/app/i18n/use-strings'
import { TicketLeadersDocument, type TicketDetailFragment } from './ticket.generated'

/** Why a value of the ticket cannot be changed by this person; null where it can. */
export function useWhyFixed(ticket: Pick<TicketDetailFragment, 'key' | 'viewerCan'>): (field: string) => ReactNode {
  const t = useStrings()
  const { work, assign, take } = ticket.viewerCan
  return (field) => {
    if (field === 'assignee' || field === 'team') return assign ? null : <WhoAssigns ticketKey={ticket.key} canTake={take} />
    return work ? null : t('tickets.fixed.work')
  }
}

/** Names those of the ticket's team who may hand it over; read when somebody wants to know. */
function WhoAssigns({ ticketKey, canTake }: { ticketKey: string; canTake: boolean }) {
  const t = useStrings()
  const locale = useLocale()
  const [{ data }] = useQuery({ query: TicketLeadersDocument, variables: { key: ticketKey } })
  const members = data?.ticketByKey?.team?.members ?? []
  const leaders = members.filter(({ isSupervisor, user }) => isSupervisor && user.permissions.includes('TICKETS_ASSIGN')).map(({ user }) => user.name)
  const names = new Intl.ListFormat(locale, { type: 'disjunction' }).format(leaders)
  return [names ? t('tickets.fixed.assign', { names }) : t('tickets.fixed.assignNobody'), canTake && t('tickets.fixed.take')].filter(Boolean).join(' ')
}
