import { Keyboard, Languages, LogOut, Monitor, Moon, Sun } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useCommandRegistry } from '@/commands/use-commands'
import { useViewer } from '@/features/session/viewer'
import { useStore } from '@/lib/store'
import { Avatar } from '@/ui/Avatar'
import { Menu, MenuItem, MenuSeparator } from '@/ui/Menu'
import styles from './AccountMenu.module.css'
import { useLocale, useStrings } from './i18n/use-strings'
import { theme } from './theme'

/** Who I am here; theme and language; the way out. Its items are commands of the shell. */
export function AccountMenu() {
  const t = useStrings()
  const viewer = useViewer()
  const registry = useCommandRegistry()
  const currentTheme = useStore(theme)
  const locale = useLocale()
  const chosen: string[] = [`theme.${currentTheme}`, `language.${locale}`]
  const choice = (id: keyof typeof LABELS) => ({ id, text: t(LABELS[id]), isChosen: chosen.includes(id) })
  return (
    <Menu
      aria-label={t('app.account')}
      placement="top start"
      onAction={(id) => registry.run(String(id))}
      trigger={
        <Button className={styles.account}>
          <span className="visually-hidden">{t('app.account')}</span>
          <Avatar name={viewer.name} initials={viewer.initials} size={24} />
          <span className={styles.name}>{viewer.name}</span>
        </Button>
      }
    >
      <MenuItem {...choice('theme.system')} icon={Monitor} />
      <MenuItem {...choice('theme.light')} icon={Sun} />
      <MenuItem {...choice('theme.dark')} icon={Moon} />
      <MenuSeparator />
      <MenuItem {...choice('language.fr')} icon={Languages} />
      <MenuItem {...choice('language.en')} icon={Languages} />
      <MenuSeparator />
      <MenuItem id="keys" text={t('app.keys')} icon={Keyboard} keys="?" />
      <MenuItem id="sign-out" text={t('session.signOut')} icon={LogOut} />
    </Menu>
  )
}

const LABELS = {
  'theme.system': 'app.theme.system',
  'theme.light': 'app.theme.light',
  'theme.dark': 'app.theme.dark',
  'language.fr': 'app.language.fr',
  'language.en': 'app.language.en',
} as const
