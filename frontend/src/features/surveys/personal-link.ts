/** Who is asked, as far as the sender knows; named as the survey's page reads them from its address. */
export const PERSON_FIELDS = ['first_name', 'last_name', 'email', 'phone'] as const
export type PersonField = (typeof PERSON_FIELDS)[number]

/** What a mailing tool replaces by the customer's own value: `{{order}}`, `{order}`, `*|ORDER|*`, `%%order%%`, `[order]`. */
const PLACEHOLDER = /^(\{.+\}|\$\{.+\}|\*\|.+\|\*|%%.+%%|%[A-Za-z_]\w*%|\[.+\])$/

/** The address of a survey's page with what is known of one customer; empty values are left out. */
export function personalLink(publicUrl: string, { person, embedded }: { person: Partial<Record<PersonField, string>>; embedded: Record<string, string> }): string {
  const pairs = [...Object.entries(embedded).map(([name, value]) => [`e.${name}`, value] as const), ...PERSON_FIELDS.map((name) => [name, person[name] ?? ''] as const)]
  const query = pairs.filter(([, value]) => value.trim()).map(([name, value]) => `${encodeURIComponent(name)}=${written(value.trim())}`)
  return query.length ? `${publicUrl}?${query.join('&')}` : publicUrl
}

function written(value: string): string {
  // A placeholder is for the mailing tool, which would not know it again once escaped.
  return PLACEHOLDER.test(value) && !/[&#\s]/.test(value) ? value : encodeURIComponent(value)
}
