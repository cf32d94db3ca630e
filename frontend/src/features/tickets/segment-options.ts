import { hasWords } from '@/lib/fold'
import type { Option } from '@/ui/Select'

export const NO_SEGMENT = '__none__'

/** The segments that match what was typed, and what was typed itself when it is new. */
export function segmentOptions(known: readonly string[], typed: string, noneText: string): Option[] {
  const wanted = typed.trim()
  const matching = known.filter((segment) => hasWords(segment, wanted))
  const none = wanted ? [] : [{ id: NO_SEGMENT, text: noneText }]
  const added = wanted && !known.includes(wanted) ? [{ id: wanted, text: wanted }] : []
  return [...none, ...matching.map((id) => ({ id, text: id })), ...added]
}
