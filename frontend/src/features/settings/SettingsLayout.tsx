import { Suspense } from 'react'
import { NavLink, Outlet, useMatch, useNavigate } from 'react-router'
import { useStrings } from '@/app/i18n/use-strings'
import { useCommands } from '@/commands/use-commands'
import { useViewer } from '@/features/session/viewer'
import { classNames } from '@/lib/class-names'
import { useMedia } from '@/lib/use-media'
import { PartLoading } from '@/ui/Loading'
import { type SettingsSection, visibleSections } from './sections'
import styles from './SettingsLayout.module.css'

/** The list of settings beside the chosen one; on a phone one after the other. */
export function SettingsLayout() {
  const t = useStrings()
  const { permissions } = useViewer()
  const navigate = useNavigate()
  const isIndex = useMatch('/settings') !== null
  const sections = visibleSections(permissions)
  useCommands(
    sections.map(({ path, text, icon }) => ({ id: `settings.${path}`, label: text, group: 'settings.title', icon, run: () => void navigate(`/settings/${path}`) })),
  )
  const groups = [...new Set(sections.map(({ group }) => group))]
  const isList = useMedia('(width < 900px)') && isIndex
  const [Title, GroupTitle] = isList ? (['h1', 'h2'] as const) : (['h2', 'h3'] as const)
  const list = (
    <nav className={styles.nav} aria-label={t('settings.title')}>
      <Title className={styles.title}>{t('settings.title')}</Title>
      {groups.map((group) => (
        <section key={group} className={styles.group}>
          <GroupTitle className={styles.groupTitle}>{t(group)}</GroupTitle>
          <ul>
            {sections
              .filter((section) => section.group === group)
              .map((section) => (
                <SectionLink key={section.path} section={section} isFirst={isIndex && section === sections[0]} />
              ))}
          </ul>
        </section>
      ))}
    </nav>
  )
  if (isList)
    return (
      <main id="main" tabIndex={-1} className={styles.layout} data-index>
        <title>{`${t('settings.title')} · Boucle`}</title>
        {list}
      </main>
    )
  return (
    <div className={styles.layout}>
      {list}
      <div className={styles.page}>
        <Suspense fallback={<PartLoading />}>
          <Outlet />
        </Suspense>
      </div>
    </div>
  )
}

function SectionLink({ section, isFirst }: { section: SettingsSection; isFirst: boolean }) {
  const t = useStrings()
  const Icon = section.icon
  return (
    <li>
      <NavLink to={`/settings/${section.path}`} className={({ isActive }) => classNames(styles.link, (isActive || isFirst) && styles.current)}>
        <Icon size={16} aria-hidden />
        {t(section.text)}
      </NavLink>
    </li>
  )
}
