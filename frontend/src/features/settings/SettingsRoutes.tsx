import { useStrings } from '@/app/i18n/use-strings'
import { Page } from '@/ui/Page'

export default function SettingsRoutes() {
  const t = useStrings()
  return <Page title={t('settings.title')}>{null}</Page>
}
