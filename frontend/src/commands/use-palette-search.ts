import { useEffect, useState } from 'react'
import { useQuery } from 'urql'
import { useCan } from '@/features/session/viewer'
import { PaletteSearchDocument, type PaletteSearchQuery } from './palette.generated'

export type FoundTicket = NonNullable<PaletteSearchQuery['tickets']>['nodes'][number]
export type FoundContact = NonNullable<PaletteSearchQuery['contacts']>['nodes'][number]

export interface Found {
  tickets: FoundTicket[]
  contacts: FoundContact[]
  /** The answer to what is written now has not come yet. */
  isSearching: boolean
}

const TYPING_PAUSE_MS = 180
/** One letter finds everybody. */
const SHORTEST = 2

/** Tickets and customers for the words, after a pause in typing. What was found before stays until there is more to say. */
export function usePaletteSearch(typed: string): Found {
  const words = typed.trim()
  const [text, setText] = useState('')
  const withTickets = useCan('TICKETS_READ')
  const withContacts = useCan('CONTACTS_READ')
  useEffect(() => {
    const timer = setTimeout(() => setText(words), TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [words])
  const canAsk = withTickets || withContacts
  const isAsked = canAsk && text.length >= SHORTEST
  const [{ data, fetching }] = useQuery({ query: PaletteSearchDocument, variables: { text, withTickets, withContacts }, pause: !isAsked, requestPolicy: 'cache-and-network' })
  const isShown = isAsked && words.length >= SHORTEST
  return {
    tickets: (isShown && data?.tickets?.nodes) || [],
    contacts: (isShown && data?.contacts?.nodes) || [],
    isSearching: canAsk && words.length >= SHORTEST && (fetching || words !== text),
  }
}
