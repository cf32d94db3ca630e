import { useStrings } from '@/app/i18n/use-strings'
import type { ScoreClass } from '@/graphql/generated/schema'
import { classNames } from '@/lib/class-names'
import styles from './ScoreChip.module.css'

interface Props {
  score: number | null | undefined
  maximum: number | null | undefined
  scoreClass: ScoreClass | null | undefined
  size?: 'small' | 'large'
}

/** A score with the shape of its class: down for a detractor, level for a passive, up for a promoter. */
export function ScoreChip({ score, maximum, scoreClass, size = 'small' }: Props) {
  const t = useStrings()
  if (score === null || score === undefined) return null
  const words = scoreClass ? t(`tickets.score.${scoreClass}`) : ''
  return (
    <span className={classNames(styles.chip, styles[size])} data-class={scoreClass ?? undefined} title={words}>
      {scoreClass && <ClassShape scoreClass={scoreClass} />}
      <span>
        {score}
        {maximum ? <span className={styles.maximum}>/{maximum}</span> : null}
      </span>
      {words && <span className="visually-hidden">, {words}</span>}
    </span>
  )
}

const SHAPES: Record<ScoreClass, string> = {
  DETRACTOR: 'M0.5 2h7L4 7z',
  PASSIVE: 'M0.5 3h7v2.2h-7z',
  PROMOTER: 'M0.5 6h7L4 1z',
}

export function ClassShape({ scoreClass }: { scoreClass: ScoreClass }) {
  return (
    <svg width="8" height="8" viewBox="0 0 8 8" fill="currentColor" aria-hidden>
      <path d={SHAPES[scoreClass]} />
    </svg>
  )
}
