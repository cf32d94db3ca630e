const FIRST_MS = 500
const CEILING_MS = 20_000

/** How long to wait before reconnection `attempt` (0 is the first). Full jitter, so that a restart is not stormed. */
export function reconnectDelay(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(CEILING_MS, FIRST_MS * 2 ** attempt)
  return Math.round(ceiling / 2 + random() * (ceiling / 2))
}
