import { ChartLine, Table2 } from 'lucide-react'
import { type CSSProperties, useState } from 'react'
import { Button } from 'react-aria-components'
import { useFormats, useStrings } from '@/app/i18n/use-strings'
import { IconButton } from '@/ui/Button'
import { SideSection } from '@/ui/SideSection'
import { Tooltip } from '@/ui/Tooltip'
import { ClassShape } from './ScoreChip'
import styles from './ScoreTrend.module.css'
import { trendBands, type ScoredResponse, type TrendBand, type TrendPoint } from './score-trend'

interface Props {
  name: string
  responses: readonly ScoredResponse[]
}

/** How one customer has scored: one line for each scale, and a table that says the same. */
export function ScoreTrend({ name, responses }: Props) {
  const t = useStrings()
  const [isTable, setTable] = useState(false)
  const bands = trendBands(responses)
  const scored = bands.flatMap(({ points }) => points)
  if (scored.length < 2) return <SideSection title={t('tickets.customer.scores')} empty={t('tickets.customer.noScores', { count: scored.length })} />
  return (
    <SideSection
      title={t('tickets.customer.scores')}
      action={
        <IconButton
          icon={isTable ? ChartLine : Table2}
          size="small"
          label={t(isTable ? 'tickets.customer.scores.asChart' : 'tickets.customer.scores.asTable')}
          onPress={() => setTable(!isTable)}
        />
      }
    >
      {isTable ? <ScoreTable name={name} points={scored} /> : bands.map((band) => <Band key={band.maximum} band={band} />)}
    </SideSection>
  )
}

/** One scale: its ends, its line, and each score as a shape that says its value and its day. */
function Band({ band: { maximum, minimum, points } }: { band: TrendBand }) {
  const t = useStrings()
  return (
    <figure className={styles.band}>
      <figcaption className={styles.scale}>
        <span>{maximum}</span>
        <span>{minimum}</span>
        <span className="visually-hidden">{t('tickets.customer.scores.outOf', { maximum })}</span>
      </figcaption>
      <div className={styles.plot}>
        <svg className={styles.lines} viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden>
          <polyline points={points.map(({ x, y }) => `${x},${y}`).join(' ')} />
        </svg>
        {points.map((point) => (
          <Score key={point.response.id} point={point} />
        ))}
      </div>
    </figure>
  )
}

function Score({ point: { x, y, response } }: { point: TrendPoint }) {
  const formats = useFormats()
  const words = [scoreOf(response), formats.date(response.submittedAt), response.survey.name].join(' · ')
  return (
    <Tooltip text={words}>
      <Button className={styles.score} style={{ '--x': x, '--y': y } as CSSProperties} data-class={response.scoreClass ?? undefined} aria-label={words}>
        <ClassShape scoreClass={response.scoreClass ?? 'PASSIVE'} />
      </Button>
    </Tooltip>
  )
}

function ScoreTable({ name, points }: { name: string; points: TrendPoint[] }) {
  const t = useStrings()
  const formats = useFormats()
  const newestFirst = points.toSorted((a, b) => b.x - a.x)
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">{t('tickets.customer.scores.table', { name })}</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{t('tickets.customer.scores.date')}</th>
          <th scope="col">{t('tickets.field.score')}</th>
          <th scope="col">{t('tickets.field.survey')}</th>
        </tr>
      </thead>
      <tbody>
        {newestFirst.map(({ response }) => (
          <tr key={response.id}>
            <th scope="row">{formats.date(response.submittedAt)}</th>
            <td>{scoreOf(response)}</td>
            <td>{response.survey.name}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const scoreOf = ({ score, scoreMaximum }: ScoredResponse) => `${score}/${scoreMaximum}`
