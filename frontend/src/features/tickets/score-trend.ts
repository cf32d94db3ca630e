import type { PanelTicket } from './TicketPanel'

export type ScoredResponse = NonNullable<PanelTicket['contact']>['responses']['nodes'][number]

export interface TrendPoint {
  /** Shares of the chart's width and of its band's height, from the left and from the top. */
  x: number
  y: number
  response: ScoredResponse
}

/** The scores of one scale; those of another would lie on one line with them and say nothing. */
export interface TrendBand {
  maximum: number
  minimum: number
  points: TrendPoint[]
}

/** Recommendation goes from 0 to 10; every other scale begins with 1. */
const minimumOf = (maximum: number) => (maximum === 10 ? 0 : 1)

/** One band for each scale, the longest first; all share the time, oldest at the left. */
export function trendBands(responses: readonly ScoredResponse[]): TrendBand[] {
  const scored = responses
    .filter(({ score, scoreMaximum }) => score !== null && score !== undefined && scoreMaximum)
    .toSorted((a, b) => Date.parse(a.submittedAt) - Date.parse(b.submittedAt))
  const places = new Map(scored.map((response, index) => [response, scored.length > 1 ? index / (scored.length - 1) : 0.5]))
  const scales = [...new Set(scored.map(({ scoreMaximum }) => scoreMaximum ?? 1))].toSorted((a, b) => b - a)
  return scales.map((maximum) => {
    const minimum = minimumOf(maximum)
    const heightOf = ({ score }: ScoredResponse) => ((score ?? 0) - minimum) / (maximum - minimum)
    const ofScale = scored.filter(({ scoreMaximum }) => scoreMaximum === maximum)
    return { maximum, minimum, points: ofScale.map((response) => ({ x: places.get(response) ?? 0, y: 1 - heightOf(response), response })) }
  })
}
