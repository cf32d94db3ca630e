interface Period {
  startsAt: string
  endsAt: string | null
  endedAt: string | null
}

/** Whether an absence is in force, still to come, or over. */
export function absenceState({ startsAt, endsAt, endedAt }: Period, now: number): 'now' | 'later' | 'over' {
  if (endedAt || (endsAt && Date.parse(endsAt) <= now)) return 'over'
  return Date.parse(startsAt) <= now ? 'now' : 'later'
}

interface Candidate {
  id: string
  name: string
  currentAbsence: { hasLoop: boolean; forwardsTo: { id: string; name: string } } | null
}

/** What choosing this substitute would come to, as things stand: straight, onwards to somebody else, to nobody, or back in a circle. */
export function forwardingOutcome(absentId: string | null, substitute: Candidate | undefined): { kind: 'straight' } | { kind: 'onwards'; name: string } | { kind: 'stays' } | { kind: 'loop' } {
  const absence = substitute?.currentAbsence
  if (!absence) return { kind: 'straight' }
  if (absence.hasLoop || absence.forwardsTo.id === absentId) return { kind: 'loop' }
  if (absence.forwardsTo.id === substitute.id) return { kind: 'stays' }
  return { kind: 'onwards', name: absence.forwardsTo.name }
}
