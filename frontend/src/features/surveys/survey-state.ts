/** What a survey is to the outside: never shown, taking answers, or closed. */
export function surveyState({ published, isOpen }: { published: unknown; isOpen: boolean }): 'draft' | 'open' | 'closed' {
  if (!published) return 'draft'
  return isOpen ? 'open' : 'closed'
}
