import type { ReactNode } from 'react'
import { useStrings } from '@/app/i18n/use-strings'
import { BackLink } from '@/ui/BackLink'
import { Page } from '@/ui/Page'
import styles from './SettingsPage.module.css'

interface Props {
  title: string
  lead?: string
  actions?: ReactNode
  /** A page below another one of the settings. */
  back?: { to: string; text: string }
  children: ReactNode
}

/** One page of the settings; a phone gets the way back to the list. */
export function SettingsPage({ title, lead, actions, back, children }: Props) {
  const t = useStrings()
  return (
    <Page
      title={title}
      lead={lead}
      actions={actions}
      above={
        back ? (
          <BackLink to={back.to}>{back.text}</BackLink>
        ) : (
          <div className={styles.toList}>
            <BackLink to="/settings">{t('settings.title')}</BackLink>
          </div>
        )
      }
    >
      <div>{children}</div>
    </Page>
  )
}
