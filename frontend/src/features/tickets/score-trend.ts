import type { PanelTicket } from './TicketPanel'

export type ScoredResponse = NonNullable<PanelTicket['contact']>['responses']['nodes'][number]

export interface TrendPoint {
  x: number
  y: number
  response: ScoredResponse
}

const MARGIN = 8

/** Where each score stands in a chart of this size, oldest first; scales of different length share the height. */
export function trendPoints(responses: readonly ScoredResponse[], width: number, height: number): TrendPoint[] {
  const scored = responses
    .filter(({ score, scoreMaximum }) => score !== null && score !== undefined && scoreMaximum)
    .toSorted((a, b) => Date.parse(a.submittedAt) - Date.parse(b.submittedAt))
  const step = scored.length > 1 ? (width - 2 * MARGIN) / (scored.length - 1) : 0
  return scored.map((response, index) => {
    const share = (response.score ?? 0) / (response.scoreMaximum ?? 1)
    return { x: round(MARGIN + index * step), y: round(height - MARGIN - share * (height - 2 * MARGIN)), response }
  })
}

const round = (value: number) => Math.round(value * 10) / 10
