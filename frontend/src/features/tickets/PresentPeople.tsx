import { useStrings } from '@/app/i18n/use-strings'
import { Avatar } from '@/ui/Avatar'
import { TooltipOn } from '@/ui/Tooltip'
import styles from './PresentPeople.module.css'
import type { PresentPerson } from './use-presence'

const FACES = 3

/** Who else looks at the ticket or writes there, as faces in its top bar; said to screen readers as it changes. */
export function PresentPeople({ people }: { people: PresentPerson[] }) {
  const t = useStrings()
  const wordsOf = ({ user, activity }: PresentPerson) => t(activity === 'WRITING' ? 'tickets.presence.writing' : 'tickets.presence.viewing', { name: user.name })
  const writing = people.find(({ activity }) => activity === 'WRITING')
  return (
    <div role="status" aria-label={t('tickets.presence')} className={styles.people}>
      {writing && <span className={styles.writing}>{wordsOf(writing)}</span>}
      {people.length > 0 && (
        <TooltipOn className={styles.faces} text={people.map(wordsOf).join('\n')}>
          {people.slice(0, FACES).map(({ user, activity }) => (
            <span key={user.id} className={styles.face} data-activity={activity}>
              <Avatar name={user.name} initials={user.initials} size={20} />
            </span>
          ))}
          {people.length > FACES && <span>+{people.length - FACES}</span>}
          <span className="visually-hidden">{people.filter((person) => person !== writing).map(wordsOf).join(', ')}</span>
        </TooltipOn>
      )}
    </div>
  )
}
