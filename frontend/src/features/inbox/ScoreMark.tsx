import { useStrings } from '@/app/i18n/use-strings'
import { ClassShape } from '@/features/tickets/ScoreChip'
import type { ScoreClass } from '@/graphql/generated/schema'
import styles from './ScoreMark.module.css'

interface Props {
  score: number | null
  maximum: number | null
  scoreClass: ScoreClass | null
}

/** A score among many: its shape and its number, quiet enough to let the customer's words speak. */
export function ScoreMark({ score, maximum, scoreClass }: Props) {
  const t = useStrings()
  if (score === null) return null
  const words = scoreClass ? t(`tickets.score.${scoreClass}`) : ''
  return (
    <span className={styles.mark} data-class={scoreClass ?? undefined} title={words}>
      {scoreClass && <ClassShape scoreClass={scoreClass} />}
      <span>
        {score}
        {maximum ? <span className={styles.maximum}>/{maximum}</span> : null}
      </span>
      {words && <span className="visually-hidden">, {words}</span>}
    </span>
  )
}
