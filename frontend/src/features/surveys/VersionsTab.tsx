import { History } from 'lucide-react'
import { useState } from 'react'
import { useQuery } from 'urql'
import { useFormats, useStrings } from '@/app/i18n/use-strings'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { EmptyState, ErrorState, Skeleton } from '@/ui/States'
import { Section } from '@/ui/Section'
import { Table } from '@/ui/Table'
import { Tag } from '@/ui/Tag'
import { draftOf } from './definition-editor'
import { RespondentPreview } from './RespondentPreview'
import { type SurveyDetailFragment, SurveyVersionsDocument, type SurveyVersionsQuery } from './surveys.generated'
import styles from './Surveys.module.css'

type Version = NonNullable<SurveyVersionsQuery['surveyByKey']>['versions'][number]

/** Everything ever shown to respondents; a response keeps the version that it answered. */
export default function VersionsTab({ survey }: { survey: SurveyDetailFragment }) {
  const t = useStrings()
  const formats = useFormats()
  const [{ data, error }, refresh] = useQuery({ query: SurveyVersionsDocument, variables: { key: survey.key }, requestPolicy: 'cache-and-network' })
  const [shown, setShown] = useState<Version | null>(null)
  const versions = data?.surveyByKey?.versions
  if (error && !versions) return <ErrorState error={error} onRetry={() => refresh({ requestPolicy: 'network-only' })} />
  if (!versions) return <Skeleton rows={3} />
  if (versions.length === 0) return <EmptyState icon={History} title={t('surveys.versions.none')} text={t('surveys.versions.none.text')} />
  return (
    <div className={styles.narrow}>
      <Section title={t('surveys.tab.versions')} text={t('surveys.versions.text')} isFlush>
        <Table
          label={t('surveys.tab.versions')}
          rows={versions}
          rowKey={({ id }) => id}
          columns={[
            {
              id: 'number',
              header: t('surveys.versions.number'),
              width: '150px',
              cell: ({ id, number }) => (
                <span className={styles.row}>
                  <span className={styles.name}>{number}</span>
                  {id === survey.published?.id && <Tag tone="good">{t('surveys.versions.current')}</Tag>}
                </span>
              ),
            },
            { id: 'note', header: t('surveys.versions.note'), cell: ({ note }) => note || '–' },
            {
              id: 'by',
              header: t('surveys.versions.by'),
              isSecondary: true,
              width: '170px',
              cell: ({ publishedBy }) =>
                publishedBy && (
                  <span className={styles.person}>
                    <Avatar name={publishedBy.name} initials={publishedBy.initials} size={20} />
                    {publishedBy.name}
                  </span>
                ),
            },
            { id: 'at', header: t('surveys.versions.at'), width: '150px', isSecondary: true, cell: ({ publishedAt }) => formats.dateTime(publishedAt) },
            {
              id: 'see',
              header: t('edit.actions'),
              isHeaderHidden: true,
              align: 'end',
              width: '72px',
              cell: (version) => (
                <Button size="small" look="quiet" onPress={() => setShown(version)}>
                  {t('surveys.versions.see')}
                </Button>
              ),
            },
          ]}
        />
      </Section>
      {shown && (
        <Dialog title={t('surveys.versions.title', { number: shown.number })} width={560} onClose={() => setShown(null)}>
          <div className={styles.preview}>
            <RespondentPreview draft={draftOf(shown.definition)} />
          </div>
        </Dialog>
      )}
    </div>
  )
}
