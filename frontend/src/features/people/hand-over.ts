import type { Outcome } from '@/graphql/user-errors'

/** Why a write waits for somebody who takes over, in the server's words; null where naming somebody does not help. */
export function handOverReasons(outcome: Outcome<unknown>): string[] | null {
  if (outcome.ok) return null
  const isAsked = outcome.errors.some(({ code, field }) => code === 'REASSIGN_REQUIRED' || field?.at(-1) === 'reassignTo')
  return isAsked ? outcome.errors.map(({ message }) => message) : null
}
