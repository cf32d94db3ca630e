import styles from './EmailAddress.module.css'

/** An address that breaks before the @ where it must break. */
export function EmailAddress({ address }: { address: string }) {
  const at = address.lastIndexOf('@')
  return (
    <>
      <span className={styles.part}>{address.slice(0, at)}</span>
      <span className={styles.part}>{address.slice(at)}</span>
    </>
  )
}
