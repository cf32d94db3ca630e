import { ChevronDown } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useNavigate } from 'react-router'
import { useFormats, useStrings } from '@/app/i18n/use-strings'
import { Menu, MenuItem } from '@/ui/Menu'
import { VIEWS } from './inbox-query'
import { useInboxQuery } from './use-inbox-query'
import { useViewCounts } from './use-view-counts'
import { VIEW_ICONS } from './view-icons'
import styles from './ViewPicker.module.css'

/** The name of the view; on a narrow screen also the way to the others. */
export function ViewPicker() {
  const t = useStrings()
  const formats = useFormats()
  const navigate = useNavigate()
  const { query } = useInboxQuery()
  const counts = useViewCounts()
  const count = counts && formats.number(counts[query.view])
  return (
    <>
      <title>{`${t(`inbox.view.${query.view}`)} · Boucle`}</title>
      <h1 className={styles.title}>
        {t(`inbox.view.${query.view}`)} <span className={styles.count}>{count}</span>
      </h1>
      <div className={styles.picker}>
        <Menu
          aria-label={t('app.views')}
          onAction={(view) => void navigate(`/inbox?view=${view}`)}
          trigger={
            <Button className={styles.trigger}>
              {t(`inbox.view.${query.view}`)} <span className={styles.count}>{count}</span>
              <ChevronDown size={16} aria-hidden />
            </Button>
          }
        >
          {VIEWS.map((view) => (
            <MenuItem key={view} id={view} icon={VIEW_ICONS[view]} text={t(`inbox.view.${view}`)} hint={counts ? formats.number(counts[view]) : undefined} isChosen={view === query.view} />
          ))}
        </Menu>
      </div>
    </>
  )
}
