import { Suspense } from 'react'
import { NavLink, Outlet, useMatch, useNavigate } from 'react-router'
import { useStrings } from '@/app/i18n/use-strings'
import { useCommands } from '@/commands/use-commands'
import { useViewer } from '@/features/session/viewer'
import { classNames } from '@/lib/class-names'
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
  return (
    <div className={styles.layout} data-index={isIndex || undefined}>
      <nav className={styles.nav} aria-label={t('settings.title')}>
        <h2 className={styles.title}>{t('settings.title')}</h2>
        {groups.map((group) => (
          <section key={group} className={styles.group}>
            <h3 className={styles.groupTitle}>{t(group)}</h3>
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
