import { ChevronRight, MessageSquareText } from 'lucide-react'
import { useState } from 'react'
import { Button as AriaButton, Disclosure, DisclosurePanel, Heading } from 'react-aria-components'
import { Link } from 'react-router'
import { TimeAgo, useFormats, useLocale, useStrings } from '@/app/i18n/use-strings'
import { answerText, scoreFirst } from '@/features/tickets/answers'
import { dataName } from '@/features/tickets/data-name'
import { ScoreChip } from '@/features/tickets/ScoreChip'
import { useCan } from '@/features/session/viewer'
import type { ScoreClass } from '@/graphql/generated/schema'
import { usePagedList } from '@/graphql/use-paged-list'
import { LoadMore } from '@/ui/LoadMore'
import { EmptyState, ErrorState, Skeleton } from '@/ui/States'
import { ToggleChips } from '@/ui/ToggleChips'
import styles from './ResponsesTab.module.css'
import { type SurveyDetailFragment, SurveyResponsesDocument, type SurveyResponsesQuery } from './surveys.generated'

type Row = SurveyResponsesQuery['responses']['nodes'][number]

const CLASSES: ScoreClass[] = ['DETRACTOR', 'PASSIVE', 'PROMOTER']
const responsesOf = (data: SurveyResponsesQuery) => data.responses

/** The answers to one survey, newest first; each opens to the whole answer. */
export default function ResponsesTab({ survey }: { survey: SurveyDetailFragment }) {
  const t = useStrings()
  const [classes, setClasses] = useState<ReadonlySet<ScoreClass>>(new Set())
  const scoreClasses = classes.size > 0 ? CLASSES.filter((each) => classes.has(each)) : null
  const { list, state } = usePagedList(SurveyResponsesDocument, { variables: { filter: { surveyIds: [survey.id], scoreClasses } }, connectionOf: responsesOf, pageSize: 40 })
  return (
    <div className={styles.list}>
      <header className={styles.head}>
        <ToggleChips label={t('surveys.responses.filter')} options={CLASSES.map((id) => ({ id, text: t(`tickets.score.${id}`) }))} chosen={classes} onChange={setClasses} />
        {state.totalCount !== null && <span className={styles.count}>{t('surveys.responses.count', { count: state.totalCount })}</span>}
      </header>
      {state.error && state.nodes.length === 0 && <ErrorState error={state.error} onRetry={list.refresh} />}
      {state.isLoading && <Skeleton rows={8} rowHeight={44} />}
      {!state.isLoading && !state.error && state.nodes.length === 0 && <EmptyState icon={MessageSquareText} title={t('surveys.responses.none')} text={classes.size === 0 ? t('surveys.responses.none.text') : undefined} />}
      <ul className={styles.rows}>
        {state.nodes.map((response) => (
          <ResponseItem key={response.id} response={response} />
        ))}
      </ul>
      {state.isLoadingMore && <Skeleton rows={3} rowHeight={44} />}
      {state.hasMore && <LoadMore onReach={list.loadMore} />}
    </div>
  )
}

function ResponseItem({ response }: { response: Row }) {
  const t = useStrings()
  return (
    <li className={styles.item}>
      <Disclosure>
        {({ isExpanded }) => (
          <>
            <Heading className={styles.heading} level={2}>
              <AriaButton slot="trigger" className={styles.trigger}>
                <ChevronRight size={14} className={styles.chevron} data-open={isExpanded || undefined} aria-hidden />
                <span className={styles.chip}>
                  <ScoreChip score={response.score} maximum={response.scoreMaximum} scoreClass={response.scoreClass} />
                </span>
                <span className={styles.who}>{response.contact?.name ?? t('tickets.customer.anonymous')}</span>
                <span className={styles.words}>{response.comment}</span>
                {response.ticket && <span className={styles.ticket}>{response.ticket.key}</span>}
                <span className={styles.when}>
                  <TimeAgo at={response.submittedAt} />
                </span>
              </AriaButton>
            </Heading>
            <DisclosurePanel>{isExpanded && <WholeAnswer response={response} />}</DisclosurePanel>
          </>
        )}
      </Disclosure>
    </li>
  )
}

function WholeAnswer({ response }: { response: Row }) {
  const t = useStrings()
  const formats = useFormats()
  const locale = useLocale()
  const canReadContacts = useCan('CONTACTS_READ')
  const facts = [
    [t('tickets.response.channel'), t(`tickets.channel.${response.channel}`)],
    [t('tickets.response.version'), String(response.versionNumber)],
    [t('tickets.response.tracking'), response.trackingId],
    [t('surveys.responses.at'), formats.dateTime(response.submittedAt)],
    ...response.embeddedData.map(({ name, value }) => [dataName(name), value] as const),
  ] as const
  return (
    <div className={styles.answer}>
      <dl className={styles.answers}>
        {scoreFirst(response.answers).map((answer) => (
          <div key={answer.question.key}>
            <dt>{answer.question.text[locale]}</dt>
            <dd>{answerText(answer, locale) || t('tickets.response.noAnswer')}</dd>
          </div>
        ))}
      </dl>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.links}>
        {response.contact && canReadContacts && <Link to={`/contacts/${response.contact.id}`}>{t('surveys.responses.contact')}</Link>}
        {response.ticket && <Link to={`/tickets/${response.ticket.key}`}>{t('surveys.responses.ticket', { key: response.ticket.key })}</Link>}
      </p>
    </div>
  )
}
