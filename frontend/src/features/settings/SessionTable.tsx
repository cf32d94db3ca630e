import { useState } from 'react'
import { TimeAgo, useStrings } from '@/app/i18n/use-strings'
import { useRefusalWords } from '@/features/editing/refusals'
import { useWrite } from '@/graphql/use-write'
import { Button } from '@/ui/Button'
import { Table } from '@/ui/Table'
import { Tag } from '@/ui/Tag'
import { showToast } from '@/ui/toasts'
import { SessionRevokeDocument, type SessionRowFragment } from './settings.generated'
import styles from './SettingsForms.module.css'
import { browserName } from './user-agent'

const SHOWN_AT_FIRST = 5

/** Signed-in browsers, each with the means to end it; the one at hand is left by signing out. */
export function SessionTable({ sessions }: { sessions: SessionRowFragment[] }) {
  const t = useStrings()
  const refusalWords = useRefusalWords()
  const { send } = useWrite(SessionRevokeDocument)
  const [isWhole, setWhole] = useState(false)
  async function revoke(id: string) {
    const outcome = await send({ id })
    if (outcome.ok) showToast({ tone: 'success', text: t('settings.sessions.revoked') })
    else showToast({ tone: 'danger', text: refusalWords(outcome) })
  }
  if (sessions.length === 0) return <p className={styles.empty}>{t('settings.sessions.none')}</p>
  return (
    <>
      <Table
        label={t('settings.sessions')}
        rowKey={({ id }) => id}
        rows={isWhole ? sessions : sessions.slice(0, SHOWN_AT_FIRST)}
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
      {!isWhole && sessions.length > SHOWN_AT_FIRST && (
        <div className={styles.more}>
          <Button size="small" look="quiet" onPress={() => setWhole(true)}>
            {t('settings.more')}
          </Button>
        </div>
      )}
    </>
  )
}
