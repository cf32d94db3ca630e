import type { Language } from '@/graphql/generated/schema'
import { readStored, writeStored } from '@/lib/storage'
import type { Locale } from './i18n'

export function localeOf(language: Language): Locale {
  return language === 'EN' ? 'en' : 'fr'
}

/** The language before anybody has signed in: the last one used here, else the browser's. */
export function preferredLocale(): Locale {
  const stored = readStored('locale')
  if (stored === 'fr' || stored === 'en') return stored
  return navigator.language.toLowerCase().startsWith('fr') ? 'fr' : 'en'
}

export function rememberLocale(locale: Locale): void {
  writeStored('locale', locale)
}
