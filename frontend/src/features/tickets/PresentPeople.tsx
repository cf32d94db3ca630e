import { useStrings } from '@/app/i18n/use-strings'
import { Avatar } from '@/ui/Avatar'
import styles from './PresentPeople.module.css'
import type { PresentPerson } from './use-presence'

/** Who else looks at the ticket or writes there; said to screen readers as it changes. */
export function PresentPeople({ people }: { people: PresentPerson[] }) {
  const t = useStrings()
  return (
    <div role="status" aria-label={t('tickets.presence')}>
      {people.length > 0 && (
        <ul className={styles.people}>
          {people.map(({ user, activity }) => (
            <li key={user.id} className={styles.person} data-activity={activity}>
              <Avatar name={user.name} initials={user.initials} size={18} />
              {t(activity === 'WRITING' ? 'tickets.presence.writing' : 'tickets.presence.viewing', { name: user.name })}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
