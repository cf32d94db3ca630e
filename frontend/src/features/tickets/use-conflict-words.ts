import { useFormats } from '@/app/i18n/use-strings'
import { useEventText } from './EventSentence'
import type { EventLineFragment } from './ticket.generated'

/** Who was faster, with what, and how long ago. Comments are left out: they stand in nobody's way. */
export function useConflictWords(): (events: readonly EventLineFragment[]) => { what: string; ago: string } {
  const textOf = useEventText()
  const formats = useFormats()
  return (events) => {
    const event = events.find(({ kind }) => kind !== 'TICKET_COMMENTED')
    return { what: event ? textOf(event) : '…', ago: event ? formats.ago(event.at, Date.now()) : '…' }
  }
}
