import { ChevronDown } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useNavigate } from 'react-router'
import { useFormats, useStrings } from '@/app/i18n/use-strings'
import { Menu, MenuItem } from '@/ui/Menu'
import { type InboxQuery, isEverywhere, VIEWS } from './inbox-query'
import { useInboxCount, useInboxTitle } from './use-inbox-title'
import { useViewCounts } from './use-view-counts'
import { VIEW_ICONS } from './view-icons'
import styles from './ViewPicker.module.css'

/** What stands below: the name of the view, or that it was found; on a narrow screen also the way to the views. */
export function ViewPicker({ query }: { query: InboxQuery }) {
  const t = useStrings()
  const formats = useFormats()
  const navigate = useNavigate()
  const counts = useViewCounts()
  const shown = useInboxCount(query)
  const title = useInboxTitle(query)
  const count = shown !== undefined && <span className={styles.count}>{formats.number(shown)}</span>
  return (
    <>
      <title>{`${title} · Boucle`}</title>
      <h1 className={styles.title}>
        {title} {count}
      </h1>
      <div className={styles.picker}>
        <Menu
          aria-label={t('app.views')}
          onAction={(view) => void navigate(`/inbox?view=${view}`)}
          trigger={
            <Button className={styles.trigger}>
              {title} {count}
              <ChevronDown size={16} aria-hidden />
            </Button>
          }
        >
          {VIEWS.map((view) => (
            <MenuItem
              key={view}
              id={view}
              icon={VIEW_ICONS[view]}
              text={t(`inbox.view.${view}`)}
              hint={counts ? formats.number(counts[view]) : undefined}
              isChosen={view === query.view && !isEverywhere(query)}
            />
          ))}
        </Menu>
      </div>
    </>
  )
}
