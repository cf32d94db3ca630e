import { type I18n, type Messages, setupI18n } from '@lingui/core'
import { loadPart } from '@/lib/lazy-part'
import type { messages as firstLoad } from './fr'
import type { messages as screens } from './fr-screens'

export type MessageKey = keyof typeof firstLoad | keyof typeof screens
export type Locale = 'fr' | 'en'

type Catalogue = () => Promise<{ messages: Messages }>

const FIRST_LOAD: Record<Locale, Catalogue> = { fr: () => import('./fr'), en: () => import('./en') }
const SCREENS: Record<Locale, Catalogue> = { fr: () => import('./fr-screens'), en: () => import('./en-screens') }

export const i18n: I18n = setupI18n()
let areScreensWanted = false

// The build compiles the catalogues (see vite.config.ts); elsewhere it happens here.
if (!import.meta.env.PROD) {
  const { compileMessage } = await import('@lingui/message-utils/compileMessage')
  i18n.setMessagesCompiler(compileMessage)
}

/** Loads one language's words and speaks it from now on. */
export async function activateLocale(locale: Locale): Promise<void> {
  const catalogues = areScreensWanted ? [FIRST_LOAD[locale], SCREENS[locale]] : [FIRST_LOAD[locale]]
  const loaded = await Promise.all(catalogues.map(loadPart))
  for (const { messages } of loaded) i18n.load(locale, messages)
  i18n.activate(locale)
  document.documentElement.lang = locale
}

/** Adds the words of the screens beyond the inbox; `lazyScreen` waits for it. */
export async function loadScreenWords(): Promise<void> {
  areScreensWanted = true
  const locale = i18n.locale as Locale
  const { messages } = await loadPart(SCREENS[locale])
  i18n.load(locale, messages)
}
