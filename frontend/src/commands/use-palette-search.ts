import { useEffect, useState } from 'react'
import { useQuery } from 'urql'
import { useCan } from '@/features/session/viewer'
import { PaletteContactsDocument, type PaletteContactsQuery, PaletteTicketsDocument, type PaletteTicketsQuery } from './palette.generated'

export type FoundTicket = PaletteTicketsQuery['tickets']['nodes'][number]
export type FoundContact = PaletteContactsQuery['contacts']['nodes'][number]

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
  const isAsked = text.length >= SHORTEST
  const options = { variables: { text }, requestPolicy: 'cache-and-network' as const }
  const [tickets] = useQuery({ ...options, query: PaletteTicketsDocument, pause: !isAsked || !withTickets })
  const [contacts] = useQuery({ ...options, query: PaletteContactsDocument, pause: !isAsked || !withContacts })
  const isShown = isAsked && words.length >= SHORTEST
  return {
    tickets: (isShown && tickets.data?.tickets.nodes) || [],
    contacts: (isShown && contacts.data?.contacts.nodes) || [],
    isSearching: words.length >= SHORTEST && (tickets.fetching || contacts.fetching || words !== text),
  }
}
