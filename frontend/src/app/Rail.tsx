import { Search, Settings, Users } from 'lucide-react'
import { Link } from 'react-router'
import { InboxViews } from '@/features/inbox/InboxViews'
import { useCan } from '@/features/session/viewer'
import { Button, IconButton } from '@/ui/Button'
import { Keys } from '@/ui/Keys'
import { Mark } from '@/ui/Mark'
import { AccountMenu } from './AccountMenu'
import { ConnectionState } from './ConnectionState'
import { useStrings } from './i18n/use-strings'
import styles from './Rail.module.css'
import { RailLink } from './RailLink'
import type { Overlay } from './Shell'
import { useWorkspace } from './workspace'

interface Props {
  onOpen: (overlay: Overlay) => void
  isFolded: boolean
}

export function Rail({ onOpen, isFolded }: Props) {
  const t = useStrings()
  const { organisation } = useWorkspace()
  const canReadTickets = useCan('TICKETS_READ')
  const canReadContacts = useCan('CONTACTS_READ')
  return (
    <nav className={styles.rail} data-folded={isFolded || undefined} aria-label={t('app.navigation')}>
      <header className={styles.head}>
        <Link to="/inbox" className={styles.brand} aria-label={`Boucle, ${organisation.name}`}>
          <Mark />
          <span className={styles.wide}>{organisation.name}</span>
        </Link>
      </header>
      <div className={styles.search}>
        <span className={styles.wide}>
          <Button icon={Search} size="small" onPress={() => onOpen('palette')}>
            {t('app.palette.do')}
            <Keys of="mod+k" />
          </Button>
        </span>
        <span className={styles.narrow}>
          <IconButton icon={Search} label={t('app.palette.open')} keys="mod+k" onPress={() => onOpen('palette')} />
        </span>
      </div>
      <div className={styles.scroll}>
        {canReadTickets && <h2 className={styles.section}>{t('app.views')}</h2>}
        <InboxViews />
        <ul className={styles.group}>
          {canReadContacts && <RailLink to="/contacts" icon={Users} text={t('app.go.contacts')} />}
          <RailLink to="/settings" icon={Settings} text={t('app.go.settings')} />
        </ul>
      </div>
      <footer className={styles.foot}>
        <ConnectionState />
        <AccountMenu />
      </footer>
    </nav>
  )
}
