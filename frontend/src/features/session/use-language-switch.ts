import { activateLocale, type Locale } from '@/app/i18n/i18n'
import { rememberLocale } from '@/app/i18n/preference'
import { useWrite } from '@/graphql/use-write'
import { ProfileUpdateDocument } from './session.generated'
import { useViewer } from './viewer'

/** Changes the language at once and keeps the choice with the account. */
export function useLanguageSwitch(): (locale: Locale) => void {
  const viewer = useViewer()
  const { send } = useWrite(ProfileUpdateDocument)
  return (locale) => {
    rememberLocale(locale)
    void activateLocale(locale)
    void send({ expectedVersion: viewer.version, input: { language: locale === 'fr' ? 'FR' : 'EN' } })
  }
}
