import { Send } from 'lucide-react'
import { Suspense, useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useQuery } from 'urql'
import { useStrings } from '@/app/i18n/use-strings'
import { useCommands } from '@/commands/use-commands'
import { NotFoundState } from '@/features/editing/NotFoundState'
import { useRefusalWords } from '@/features/editing/refusals'
import { useCan } from '@/features/session/viewer'
import { useWrite } from '@/graphql/use-write'
import { lazyPart } from '@/lib/lazy-part'
import { BackLink } from '@/ui/BackLink'
import { Button } from '@/ui/Button'
import { OverlayLoading, PartLoading } from '@/ui/Loading'
import { ErrorScreen, NoRightState, Skeleton } from '@/ui/States'
import { Switch } from '@/ui/Switch'
import { TabPanel, Tabs } from '@/ui/Tabs'
import { showToast } from '@/ui/toasts'
import { type SurveyDetailFragment, SurveyPageDocument, SurveyUpdateDocument } from './surveys.generated'
import styles from './SurveyPage.module.css'
import { SurveyTags } from './SurveyTags'

const QuestionsTab = lazyPart(() => import('./QuestionsTab'))
const TicketRuleTab = lazyPart(() => import('./TicketRuleTab'))
const ShareTab = lazyPart(() => import('./ShareTab'))
const VersionsTab = lazyPart(() => import('./VersionsTab'))
const ResponsesTab = lazyPart(() => import('./ResponsesTab'))
const GeneralTab = lazyPart(() => import('./GeneralTab'))
const PublishDialog = lazyPart(() => import('./PublishDialog'))

const TABS = ['questions', 'tickets', 'share', 'versions', 'responses', 'general'] as const
type Tab = (typeof TABS)[number]
/** What is only of use to whoever may change surveys, or see their answers. */
const MANAGERS_ONLY: Tab[] = ['tickets', 'share', 'general']

export default function SurveyPage() {
  const { key = '' } = useParams()
  const canRead = useCan('SURVEYS_READ')
  const canManage = useCan('SURVEYS_MANAGE')
  const [{ data, error, fetching }, refresh] = useQuery({ query: SurveyPageDocument, variables: { key }, requestPolicy: 'cache-and-network' })
  if (!canRead && !canManage) return <NoRightState />
  if (data?.surveyByKey) return <Survey key={data.surveyByKey.id} survey={data.surveyByKey} />
  if (error) return <ErrorScreen error={error} onRetry={() => refresh({ requestPolicy: 'network-only' })} />
  return fetching ? <Skeleton rows={10} rowHeight={44} /> : <NotFoundState to="/settings/surveys" backTo="surveys.title" />
}

function Survey({ survey }: { survey: SurveyDetailFragment }) {
  const t = useStrings()
  const navigate = useNavigate()
  const { tab } = useParams()
  const canRead = useCan('SURVEYS_READ')
  const canManage = useCan('SURVEYS_MANAGE')
  const tabs = TABS.filter((each) => (canManage || !MANAGERS_ONLY.includes(each)) && (canRead || each !== 'responses'))
  const current = tabs.find((each) => each === tab) ?? 'questions'
  const [visited, setVisited] = useState<readonly Tab[]>([current])
  if (!visited.includes(current)) setVisited([...visited, current])
  const [isPublishing, setPublishing] = useState(false)
  const go = (next: Tab) => void navigate(`/settings/surveys/${survey.key}/${next}`, { replace: true })
  useCommands([
    ...tabs.map((each) => ({ id: `survey.${each}`, label: `surveys.tab.${each}` as const, group: 'surveys.title' as const, run: () => go(each) })),
    { id: 'survey.publish', label: 'surveys.publish', group: 'surveys.title', icon: Send, isEnabled: canManage && survey.hasUnpublishedChanges, run: () => setPublishing(true) },
  ])
  return (
    <main id="main" tabIndex={-1} className={styles.page}>
      <title>{`${survey.name} · Boucle`}</title>
      <header className={styles.header}>
        <BackLink to="/settings/surveys">{t('surveys.title')}</BackLink>
        <div className={styles.head}>
          <h1 className={styles.title}>{survey.name}</h1>
          <SurveyTags survey={survey} />
          <span className={styles.space} />
          {canManage && survey.published && <OpenSwitch survey={survey} />}
          {canManage && (
            <Button look="primary" size="small" icon={Send} isDisabled={!survey.hasUnpublishedChanges} onPress={() => setPublishing(true)}>
              {t('surveys.publish')}
            </Button>
          )}
        </div>
      </header>
      <Tabs label={t('surveys.tabs')} value={current} onChange={go} tabs={tabs.map((id) => ({ id, text: t(`surveys.tab.${id}`), count: id === 'responses' ? survey.responseCount : undefined }))}>
        {tabs.map((id) => (
          <TabPanel key={id} id={id} isKept={visited.includes(id)}>
            <div className={styles.panel}>
              <Suspense fallback={<PartLoading />}>
                <TabContent tab={id} survey={survey} canManage={canManage} />
              </Suspense>
            </div>
          </TabPanel>
        ))}
      </Tabs>
      <Suspense fallback={<OverlayLoading />}>{isPublishing && <PublishDialog survey={survey} onClose={() => setPublishing(false)} />}</Suspense>
    </main>
  )
}

function TabContent({ tab, survey, canManage }: { tab: Tab; survey: SurveyDetailFragment; canManage: boolean }) {
  if (tab === 'questions') return <QuestionsTab survey={survey} canManage={canManage} />
  if (tab === 'tickets') return <TicketRuleTab survey={survey} />
  if (tab === 'share') return <ShareTab survey={survey} />
  if (tab === 'versions') return <VersionsTab survey={survey} />
  if (tab === 'responses') return <ResponsesTab survey={survey} />
  return <GeneralTab survey={survey} />
}

function OpenSwitch({ survey }: { survey: SurveyDetailFragment }) {
  const t = useStrings()
  const refusalWords = useRefusalWords()
  const { send, isSending } = useWrite(SurveyUpdateDocument)
  async function turn(isOpen: boolean) {
    const outcome = await send({ id: survey.id, expectedVersion: survey.version, input: { isOpen } })
    if (!outcome.ok) showToast({ tone: 'danger', text: refusalWords(outcome) })
  }
  return (
    <Switch isOn={survey.isOpen} isDisabled={isSending} onChange={(isOn) => void turn(isOn)}>
      {t('surveys.takesAnswers')}
    </Switch>
  )
}
