import { Inbox, Plus, Settings, Users } from 'lucide-react'
import { NavLink } from 'react-router'
import { Button } from 'react-aria-components'
import { useCan } from '@/features/session/viewer'
import { AccountMenu } from './AccountMenu'
import { ConnectionState } from './ConnectionState'
import { useStrings } from './i18n/use-strings'
import styles from './PhoneBar.module.css'
import type { Overlay } from './Shell'

/** The rail of a phone, under the thumb. */
export function PhoneBar({ onOpen }: { onOpen: (overlay: Overlay) => void }) {
  const t = useStrings()
  const canReadTickets = useCan('TICKETS_READ')
  const canReadContacts = useCan('CONTACTS_READ')
  const canWork = useCan('TICKETS_WORK')
  return (
    <nav className={styles.bar} aria-label={t('app.navigation')}>
      <div className={styles.connection}>
        <ConnectionState />
      </div>
      {canReadTickets && <PhoneLink to="/inbox" icon={Inbox} text={t('app.go.inbox')} />}
      {canReadContacts && <PhoneLink to="/contacts" icon={Users} text={t('app.go.contacts')} />}
      {canWork && (
        <Button className={styles.link} onPress={() => onOpen('new-ticket')}>
          <Plus size={20} aria-hidden />
          {t('tickets.new')}
        </Button>
      )}
      <PhoneLink to="/settings" icon={Settings} text={t('app.go.settings')} />
      <AccountMenu />
    </nav>
  )
}

function PhoneLink({ to, icon: Icon, text }: { to: string; icon: typeof Inbox; text: string }) {
  return (
    <NavLink to={to} className={styles.link}>
      <Icon size={20} aria-hidden />
      {text}
    </NavLink>
  )
}
