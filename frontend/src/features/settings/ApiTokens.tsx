import { Plus } from 'lucide-react'
import { Suspense, useState } from 'react'
import { useQuery } from 'urql'
import { useStrings } from '@/app/i18n/use-strings'
import { useCommands } from '@/commands/use-commands'
import { lazyPart } from '@/lib/lazy-part'
import { Button } from '@/ui/Button'
import { OverlayLoading } from '@/ui/Loading'
import { Section } from '@/ui/Section'
import { ErrorState, Skeleton } from '@/ui/States'
import { OwnAccessDocument } from './settings.generated'
import { TokenTable } from './TokenTable'

const NewTokenDialog = lazyPart(() => import('./NewTokenDialog'))

/** Keys for machines that act as this person. */
export function ApiTokens() {
  const t = useStrings()
  const [{ data, error }, refresh] = useQuery({ query: OwnAccessDocument })
  const [isCreating, setCreating] = useState(false)
  useCommands([{ id: 'token.new', label: 'settings.tokens.new', group: 'settings.title', icon: Plus, run: () => setCreating(true) }])
  return (
    <Section
      title={t('settings.tokens')}
      text={t('settings.tokens.text')}
      isFlush
      actions={
        <Button size="small" icon={Plus} onPress={() => setCreating(true)}>
          {t('settings.tokens.new')}
        </Button>
      }
    >
      {error && !data && <ErrorState error={error} onRetry={() => refresh({ requestPolicy: 'network-only' })} />}
      {!data && !error && <Skeleton rows={2} />}
      {data && <TokenTable tokens={data.apiTokens} allRights={t('settings.tokens.scope.all')} />}
      <Suspense fallback={<OverlayLoading />}>{isCreating && <NewTokenDialog onClose={() => setCreating(false)} />}</Suspense>
    </Section>
  )
}
