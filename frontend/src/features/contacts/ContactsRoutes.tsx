import { useStrings } from '@/app/i18n/use-strings'
import { Page } from '@/ui/Page'

export default function ContactsRoutes() {
  const t = useStrings()
  return <Page title={t('contacts.title')}>{null}</Page>
}
