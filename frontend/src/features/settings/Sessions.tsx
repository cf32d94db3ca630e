import { useState } from 'react'
import { useQuery } from 'urql'
import { TimeAgo, useStrings } from '@/app/i18n/use-strings'
import { useRefusalWords } from '@/features/editing/refusals'
import { useWrite } from '@/graphql/use-write'
import { Button } from '@/ui/Button'
import { Section } from '@/ui/Section'
import { ErrorState, Skeleton } from '@/ui/States'
import { Table } from '@/ui/Table'
import { Tag } from '@/ui/Tag'
import { showToast } from '@/ui/toasts'
import { OwnAccessDocument, SessionRevokeDocument } from './settings.generated'
import styles from './SettingsForms.module.css'
import { browserName } from './user-agent'

const SHOWN_AT_FIRST = 5

/** Where this person is signed in. */
export function Sessions() {
  const t = useStrings()
  const refusalWords = useRefusalWords()
  const [{ data, error }, refresh] = useQuery({ query: OwnAccessDocument, requestPolicy: 'cache-and-network' })
  const { send } = useWrite(SessionRevokeDocument)
  const [isWhole, setWhole] = useState(false)
  async function revoke(id: string) {
    const outcome = await send({ id })
    if (outcome.ok) showToast({ tone: 'success', text: t('settings.sessions.revoked') })
    else showToast({ tone: 'danger', text: refusalWords(outcome) })
  }
  return (
    <Section title={t('settings.sessions')} text={t('settings.sessions.text')} isFlush>
      {error && !data && <ErrorState error={error} onRetry={() => refresh({ requestPolicy: 'network-only' })} />}
      {!data && !error && <Skeleton rows={2} />}
      {data && (
        <Table
          label={t('settings.sessions')}
          rowKey={({ id }) => id}
          rows={isWhole ? data.sessions : data.sessions.slice(0, SHOWN_AT_FIRST)}
          columns={[
            {
              id: 'browser',
              header: t('settings.sessions.browser'),
              cell: ({ userAgent, isCurrent }) => (
                <span className={styles.row} title={userAgent}>
                  <span className={styles.strong}>{browserName(userAgent)}</span>
                  {isCurrent && <Tag tone="good">{t('settings.sessions.current')}</Tag>}
                </span>
              ),
            },
            { id: 'address', header: t('settings.sessions.address'), cell: ({ address }) => address, isSecondary: true, width: '160px' },
            { id: 'seen', header: t('settings.sessions.seen'), cell: ({ lastSeenAt }) => <TimeAgo at={lastSeenAt} />, width: '130px' },
            {
              id: 'revoke',
              header: t('edit.actions'),
              isHeaderHidden: true,
              align: 'end',
              width: '120px',
              cell: ({ id, isCurrent }) =>
                !isCurrent && (
                  <Button size="small" look="quiet" onPress={() => void revoke(id)}>
                    {t('settings.sessions.revoke')}
                  </Button>
                ),
            },
          ]}
        />
      )}
      {data && !isWhole && data.sessions.length > SHOWN_AT_FIRST && (
        <div className={styles.more}>
          <Button size="small" look="quiet" onPress={() => setWhole(true)}>
            {t('settings.more')}
          </Button>
        </div>
      )}
    </Section>
  )
}
