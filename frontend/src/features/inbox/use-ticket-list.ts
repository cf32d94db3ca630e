import { useMemo } from 'react'
import { useClient } from 'urql'
import type { TicketFilter, TicketOrder } from '@/graphql/generated/schema'
import { useStore } from '@/lib/store'
import { createTicketList, type TicketList, type TicketListState } from './ticket-list'

/** The live list for a filter and an order; a new one takes over when either changes. */
export function useTicketList(filter: TicketFilter, orderBy: TicketOrder): { list: TicketList; state: TicketListState } {
  const client = useClient()
  const wanted = JSON.stringify({ filter, orderBy })
  const list = useMemo(() => createTicketList(client, JSON.parse(wanted) as { filter: TicketFilter; orderBy: TicketOrder }), [client, wanted])
  return { list, state: useStore(list.state) }
}
