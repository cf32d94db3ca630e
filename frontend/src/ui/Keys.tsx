import { keyCaps } from '@/commands/keys'
import styles from './Keys.module.css'

/** A key or sequence of a command, as key caps. */
export function Keys({ of }: { of: string }) {
  return (
    <span className={styles.keys}>
      {keyCaps(of).map((cap) => (
        <kbd key={cap} className={styles.cap}>
          {cap}
        </kbd>
      ))}
    </span>
  )
}
