export const strings = {
  'contacts.title': 'Contacts',
} as const
