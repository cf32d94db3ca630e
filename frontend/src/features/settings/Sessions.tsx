import { useQuery } from 'urql'
import { useStrings } from '@/app/i18n/use-strings'
import { Section } from '@/ui/Section'
import { ErrorState, Skeleton } from '@/ui/States'
import { SessionTable } from './SessionTable'
import { OwnAccessDocument } from './settings.generated'

/** Where this person is signed in. */
export function Sessions() {
  const t = useStrings()
  const [{ data, error }, refresh] = useQuery({ query: OwnAccessDocument, requestPolicy: 'cache-and-network' })
  return (
    <Section title={t('settings.sessions')} text={t('settings.sessions.text')} isFlush>
      {error && !data && <ErrorState error={error} onRetry={() => refresh({ requestPolicy: 'network-only' })} />}
      {!data && !error && <Skeleton rows={2} />}
      {data && <SessionTable sessions={data.sessions} />}
    </Section>
  )
}
