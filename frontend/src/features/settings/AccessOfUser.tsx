import { useQuery } from 'urql'
import { useStrings } from '@/app/i18n/use-strings'
import { Section } from '@/ui/Section'
import { ErrorState, Skeleton } from '@/ui/States'
import { SessionTable } from './SessionTable'
import { AccessOfUserDocument } from './settings.generated'
import { TokenTable } from './TokenTable'

/** What somebody else is signed in with, for whoever manages their account. */
export function AccessOfUser({ id }: { id: string }) {
  const t = useStrings()
  const [{ data, error }, refresh] = useQuery({ query: AccessOfUserDocument, variables: { id }, requestPolicy: 'cache-and-network' })
  const user = data?.node && 'sessions' in data.node ? data.node : null
  const isMissing = error && !user
  const waiting = isMissing ? <ErrorState error={error} onRetry={() => refresh({ requestPolicy: 'network-only' })} /> : <Skeleton rows={2} />
  return (
    <>
      <Section title={t('settings.sessions')} text={t('settings.sessions.ofUser')} isFlush>
        {user ? <SessionTable sessions={user.sessions} /> : waiting}
      </Section>
      <Section title={t('settings.tokens')} text={t('settings.tokens.ofUser')} isFlush>
        {user ? <TokenTable tokens={user.apiTokens} allRights={t('settings.tokens.scope.allOfUser')} /> : waiting}
      </Section>
    </>
  )
}
