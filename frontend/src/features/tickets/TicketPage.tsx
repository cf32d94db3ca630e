import { useNavigate, useParams } from 'react-router'
import { useCan } from '@/features/session/viewer'
import { NoRightState } from '@/ui/States'
import TicketPanel from './TicketPanel'
import styles from './TicketPanel.module.css'

/** A ticket under its own address, without a list. */
export default function TicketPage() {
  const { key = '' } = useParams()
  const navigate = useNavigate()
  const canRead = useCan('TICKETS_READ')
  if (!canRead) return <NoRightState />
  return (
    <main id="main" tabIndex={-1} className={styles.page}>
      <TicketPanel ticketKey={key} onClose={() => void navigate('/inbox')} />
    </main>
  )
}
