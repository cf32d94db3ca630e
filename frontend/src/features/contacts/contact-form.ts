import type { MessageKey } from '@/app/i18n/i18n'
import type { ContactUpdateInput, Language } from '@/graphql/generated/schema'

/** A contact as a form holds it: no value is an empty text. */
export interface ContactValues {
  firstName: string
  lastName: string
  email: string
  phone: string
  externalReference: string
  language: Language | null
  isOptedOut: boolean
}

export const EMPTY_CONTACT: ContactValues = { firstName: '', lastName: '', email: '', phone: '', externalReference: '', language: null, isOptedOut: false }

type Known = { firstName: string; lastName: string; email?: string | null; phone?: string | null; externalReference?: string | null; language?: Language | null; isOptedOut: boolean }

export function contactValues(contact: Known): ContactValues {
  return {
    firstName: contact.firstName,
    lastName: contact.lastName,
    email: contact.email ?? '',
    phone: contact.phone ?? '',
    externalReference: contact.externalReference ?? '',
    language: contact.language ?? null,
    isOptedOut: contact.isOptedOut,
  }
}

/** What must be put right before the server is asked. */
export function checkContact(values: ContactValues): Record<string, MessageKey> {
  const { firstName, lastName, email, phone, externalReference } = values
  if (![firstName, lastName, email, phone, externalReference].some((text) => text.trim())) return { '': 'contacts.needsSomething' }
  return {}
}

/** The changed fields for the server: an emptied text clears the value. */
export function contactInput(typed: Partial<ContactValues>): ContactUpdateInput {
  const entries = Object.entries(typed).map(([name, value]) => [name, typeof value === 'string' ? value.trim() || null : value])
  return Object.fromEntries(entries) as ContactUpdateInput
}
