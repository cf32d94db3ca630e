import { useFormats, useStrings } from '@/app/i18n/use-strings'
import type { ScoreClass } from '@/graphql/generated/schema'
import { SideSection } from '@/ui/SideSection'
import styles from './ScoreTrend.module.css'
import { trendPoints, type ScoredResponse } from './score-trend'

interface Props {
  name: string
  responses: readonly ScoredResponse[]
}

const WIDTH = 288
const HEIGHT = 72

/** How one customer has scored, oldest at the left. Each point has the shape of its class; a table says the same. */
export function ScoreTrend({ name, responses }: Props) {
  const t = useStrings()
  const formats = useFormats()
  const points = trendPoints(responses, WIDTH, HEIGHT)
  return (
    <SideSection title={t('tickets.customer.scores')} empty={points.length < 2 && t('tickets.customer.noScores', { count: points.length })}>
      {points.length >= 2 && (
        <>
          <svg className={styles.chart} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
            <line className={styles.line} x1="0" x2={WIDTH} y1={HEIGHT - 1} y2={HEIGHT - 1} />
            <polyline className={styles.path} points={points.map(({ x, y }) => `${x},${y}`).join(' ')} />
            {points.map(({ x, y, response }) => (
              <g key={response.id} transform={`translate(${x} ${y})`} className={styles.point} data-class={response.scoreClass ?? undefined}>
                <title>{`${response.score}/${response.scoreMaximum} · ${formats.date(response.submittedAt)}`}</title>
                <path d={SHAPES[response.scoreClass ?? 'PASSIVE']} />
              </g>
            ))}
          </svg>
          <div className="visually-hidden">
            <table>
              <caption>{t('tickets.customer.scores.table', { name })}</caption>
              <tbody>
                {points.map(({ response }) => (
                  <tr key={response.id}>
                    <th scope="row">{formats.date(response.submittedAt)}</th>
                    <td>{`${response.score}/${response.scoreMaximum}`}</td>
                    <td>{response.survey.name}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </SideSection>
  )
}

const SHAPES: Record<ScoreClass, string> = {
  DETRACTOR: 'M-5 -4h10L0 4.5z',
  PASSIVE: 'M-4 -4h8v8h-8z',
  PROMOTER: 'M-5 4h10L0 -4.5z',
}
