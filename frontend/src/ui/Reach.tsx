import { groupPhone } from '@/lib/phone-number'
import { CopyButton } from './CopyButton'
import { EmailAddress } from './EmailAddress'
import styles from './Reach.module.css'

interface Props {
  /** What it is called where it stands. */
  name: string
}

/** An address to write to, or to take along. */
export function EmailReach({ name, address }: Props & { address: string }) {
  return (
    <span className={styles.reach}>
      <a href={`mailto:${address}`}>
        <EmailAddress address={address} />
      </a>
      <CopyButton value={address} what={name} />
    </span>
  )
}

/** A number to call, or to take along. */
export function PhoneReach({ name, phone }: Props & { phone: string }) {
  return (
    <span className={styles.reach}>
      <a href={`tel:${phone}`} className={styles.phone}>
        {groupPhone(phone)}
      </a>
      <CopyButton value={phone} what={name} />
    </span>
  )
}
