import { useState } from 'react'
import { useQuery } from 'urql'
import { useStrings } from '@/app/i18n/use-strings'
import { useCan } from '@/features/session/viewer'
import { groupPhone } from '@/lib/phone-number'
import { useSettled } from '@/lib/use-settled'
import { Avatar } from '@/ui/Avatar'
import { SearchCombo } from '@/ui/SearchCombo'
import { withContact, withName } from './new-ticket'
import { CustomerSearchDocument, type KnownCustomerFragment } from './new-ticket.generated'
import type { NewTicketForm } from './use-new-ticket'

const SHORTEST_SEARCH = 2

/** A name: of somebody new, or of a contact who is found while typing and then linked. */
export function CustomerNameField({ form }: { form: NewTicketForm }) {
  const t = useStrings()
  const canSearch = useCan('CONTACTS_READ')
  const { ticket, change } = form
  const search = useCustomerSearch(ticket.customerName.trim())
  const isSearching = canSearch && !ticket.contactId
  const contacts = isSearching ? search.found : []
  function type(name: string) {
    change((current) => withName(current, name))
    if (isSearching) search.askSoon()
  }
  function choose(id: string) {
    const contact = contacts.find((each) => each.id === id)
    if (contact) change((current) => withContact(current, contact))
  }
  return (
    <SearchCombo
      label={t('newTicket.field.customerName')}
      isRequired
      autoFocus
      hint={isSearching ? t('newTicket.customer.hint') : undefined}
      error={form.field('customerName').error}
      text={ticket.customerName}
      onType={type}
      options={contacts.map((contact) => ({ id: contact.id, text: contact.name, hint: reachedBy(contact), mark: <Avatar name={contact.name} size={18} /> }))}
      emptyText={isSearching ? search.emptyText : undefined}
      onChoose={choose}
    />
  )
}

function reachedBy({ email, phone }: KnownCustomerFragment): string {
  return [email, phone && groupPhone(phone)].filter(Boolean).join(' · ')
}

interface CustomerSearch {
  found: KnownCustomerFragment[]
  emptyText: string
  askSoon: () => void
}

/** Asks once typing has paused; short texts are not looked for. */
function useCustomerSearch(text: string): CustomerSearch {
  const t = useStrings()
  const [asked, setAsked] = useState('')
  const askSoon = useSettled(() => setAsked(text))
  const isWorth = text.length >= SHORTEST_SEARCH && asked.length >= SHORTEST_SEARCH
  const [{ data, fetching }] = useQuery({ query: CustomerSearchDocument, variables: { text: asked }, pause: !isWorth })
  const isKnown = isWorth && asked === text && !fetching
  return { found: isWorth ? (data?.contacts.nodes ?? []) : [], emptyText: t(isKnown ? 'newTicket.customer.unknown' : text.length < SHORTEST_SEARCH ? 'newTicket.customer.short' : 'app.loading'), askSoon }
}
