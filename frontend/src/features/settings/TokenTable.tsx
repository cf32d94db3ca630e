import { useState } from 'react'
import { TimeAgo, useFormats, useStrings } from '@/app/i18n/use-strings'
import { useRefusalWords } from '@/features/editing/refusals'
import { useWrite } from '@/graphql/use-write'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { Table } from '@/ui/Table'
import { ApiTokenRevokeDocument, type TokenRowFragment } from './settings.generated'
import styles from './SettingsForms.module.css'

interface Props {
  tokens: TokenRowFragment[]
  /** What a token without rights of its own may do. */
  allRights: string
}

/** API tokens, each with the means to end it. */
export function TokenTable({ tokens, allRights }: Props) {
  const t = useStrings()
  const formats = useFormats()
  const [revoking, setRevoking] = useState<TokenRowFragment | null>(null)
  if (tokens.length === 0) return <p className={styles.empty}>{t('settings.tokens.none')}</p>
  return (
    <>
      <Table
        label={t('settings.tokens')}
        rowKey={({ id }) => id}
        rows={tokens}
        columns={[
          { id: 'name', header: t('settings.tokens.name'), cell: ({ name }) => <span className={styles.strong}>{name}</span> },
          { id: 'rights', header: t('settings.tokens.rights'), cell: ({ permissions }) => (permissions ? t('settings.tokens.rightsOf', { count: permissions.length }) : allRights), isSecondary: true, width: '150px' },
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
      {revoking && <RevokeToken token={revoking} onClose={() => setRevoking(null)} />}
    </>
  )
}

function RevokeToken({ token, onClose }: { token: TokenRowFragment; onClose: () => void }) {
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
