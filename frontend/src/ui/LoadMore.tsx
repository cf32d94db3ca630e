import { useReachEnd } from '@/lib/use-reach-end'
import styles from './LoadMore.module.css'

/** Where a list goes on: asks for more when it comes into sight. */
export function LoadMore({ onReach }: { onReach: () => void }) {
  const end = useReachEnd(onReach)
  return <div ref={end} className={styles.end} />
}
