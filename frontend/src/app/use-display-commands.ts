import { Languages, Monitor, Moon, PanelLeft, Sun } from 'lucide-react'
import { useCommands } from '@/commands/use-commands'
import { useLanguageSwitch } from '@/features/session/use-language-switch'
import { useStore } from '@/lib/store'
import { useLocale } from './i18n/use-strings'
import { chooseTheme, theme } from './theme'

export function useDisplayCommands(toggleRail: () => void): void {
  const current = useStore(theme)
  const locale = useLocale()
  const switchLanguage = useLanguageSwitch()
  useCommands([
    { id: 'rail.fold', label: 'app.rail.fold', group: 'app.group.display', keys: ['['], icon: PanelLeft, run: toggleRail },
    { id: 'theme.light', label: 'app.theme.light', group: 'app.group.display', icon: Sun, isEnabled: current !== 'light', run: () => chooseTheme('light') },
    { id: 'theme.dark', label: 'app.theme.dark', group: 'app.group.display', icon: Moon, isEnabled: current !== 'dark', run: () => chooseTheme('dark') },
    { id: 'theme.system', label: 'app.theme.system', group: 'app.group.display', icon: Monitor, isEnabled: current !== 'system', run: () => chooseTheme('system') },
    { id: 'language.fr', label: 'app.language.fr', group: 'app.group.display', icon: Languages, isEnabled: locale !== 'fr', run: () => switchLanguage('fr') },
    { id: 'language.en', label: 'app.language.en', group: 'app.group.display', icon: Languages, isEnabled: locale !== 'en', run: () => switchLanguage('en') },
  ])
}
