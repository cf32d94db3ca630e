import { Plus } from 'lucide-react'
import { Suspense, useState } from 'react'
import { useQuery } from 'urql'
import { TimeAgo, useFormats, useStrings } from '@/app/i18n/use-strings'
import { useCommands } from '@/commands/use-commands'
import { useRefusalWords } from '@/features/editing/refusals'
import { useWrite } from '@/graphql/use-write'
import { lazyPart } from '@/lib/lazy-part'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { OverlayLoading } from '@/ui/Loading'
import { Section } from '@/ui/Section'
import { ErrorState, Skeleton } from '@/ui/States'
import { Table } from '@/ui/Table'
import { ApiTokenRevokeDocument, OwnAccessDocument, type OwnAccessQuery } from './settings.generated'
import styles from './SettingsForms.module.css'

const NewTokenDialog = lazyPart(() => import('./NewTokenDialog'))

type Token = OwnAccessQuery['apiTokens'][number]

/** Keys for machines that act as this person. */
export function ApiTokens() {
  const t = useStrings()
  const formats = useFormats()
  const [{ data, error }, refresh] = useQuery({ query: OwnAccessDocument })
  const [isCreating, setCreating] = useState(false)
  const [revoking, setRevoking] = useState<Token | null>(null)
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
      {data?.apiTokens.length === 0 && <p className={styles.empty}>{t('settings.tokens.none')}</p>}
      {data && data.apiTokens.length > 0 && (
        <Table
          label={t('settings.tokens')}
          rowKey={({ id }) => id}
          rows={data.apiTokens}
          columns={[
            { id: 'name', header: t('settings.tokens.name'), cell: ({ name }) => <span className={styles.strong}>{name}</span> },
            { id: 'rights', header: t('settings.tokens.rights'), cell: ({ permissions }) => (permissions ? t('settings.tokens.rightsOf', { count: permissions.length }) : t('settings.tokens.scope.all')), isSecondary: true, width: '150px' },
            { id: 'expires', header: t('settings.tokens.expires'), cell: ({ expiresAt }) => (expiresAt ? formats.date(expiresAt) : t('settings.tokens.never')), isSecondary: true, width: '120px' },
            { id: 'used', header: t('settings.tokens.used'), cell: ({ lastUsedAt }) => (lastUsedAt ? <TimeAgo at={lastUsedAt} /> : <span className={styles.muted}>{t('settings.tokens.unused')}</span>), width: '130px' },
            {
              id: 'revoke',
              header: t('edit.actions'),
              isHeaderHidden: true,
              align: 'end',
              width: '110px',
              cell: (token) => (
                <Button size="small" look="quiet" onPress={() => setRevoking(token)}>
                  {t('settings.tokens.revoke')}
                </Button>
              ),
            },
          ]}
        />
      )}
      <Suspense fallback={<OverlayLoading />}>{isCreating && <NewTokenDialog onClose={() => setCreating(false)} />}</Suspense>
      {revoking && <RevokeToken token={revoking} onClose={() => setRevoking(null)} />}
    </Section>
  )
}

function RevokeToken({ token, onClose }: { token: Token; onClose: () => void }) {
  const t = useStrings()
  const refusalWords = useRefusalWords()
  const { send, isSending } = useWrite(ApiTokenRevokeDocument)
  const [refusal, setRefusal] = useState<string | null>(null)
  async function revoke() {
    const outcome = await send({ id: token.id })
    if (outcome.ok) return onClose()
    setRefusal(refusalWords(outcome))
  }
  return (
    <ConfirmDialog
      title={t('settings.tokens.revoke.title', { name: token.name })}
      confirmLabel={t('settings.tokens.revoke')}
      isDanger
      isPending={isSending}
      error={refusal}
      onConfirm={() => void revoke()}
      onClose={onClose}
    >
      <p>{t('settings.tokens.revoke.text')}</p>
    </ConfirmDialog>
  )
}
