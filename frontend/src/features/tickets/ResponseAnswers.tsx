import { FileQuestion } from 'lucide-react'
import { useFormats, useLocale, useStrings } from '@/app/i18n/use-strings'
import { EmptyState } from '@/ui/States'
import { answerText, scoreFirst } from './answers'
import { dataName } from './data-name'
import styles from './ResponseAnswers.module.css'
import { ScoreChip } from './ScoreChip'
import type { PanelTicket } from './TicketPanel'

/** The whole answer, score first. */
export function ResponseAnswers({ ticket }: { ticket: PanelTicket }) {
  const t = useStrings()
  const formats = useFormats()
  const locale = useLocale()
  const { response } = ticket
  if (!response) return <EmptyState icon={FileQuestion} title={t('tickets.response.none')} text={t('tickets.response.none.text')} />
  return (
    <div className={styles.scroll} role="group" aria-label={t('tickets.tab.response')} tabIndex={0}>
      <header className={styles.head}>
        <ScoreChip score={ticket.score} maximum={ticket.scoreMaximum} scoreClass={ticket.scoreClass} size="large" />
        <div>
          <p className={styles.survey}>{ticket.survey?.name}</p>
          <p className={styles.when}>{t('tickets.response.submitted', { date: formats.dateTime(response.submittedAt) })}</p>
        </div>
      </header>
      <dl className={styles.answers}>
        {scoreFirst(response.answers).map((answer) => (
          <div key={answer.question.key}>
            <dt>{answer.question.text[locale]}</dt>
            <dd>{answerText(answer, locale) || <span className={styles.none}>{t('tickets.response.noAnswer')}</span>}</dd>
          </div>
        ))}
      </dl>
      <LeftOut parts={response.leftOut} />
      <dl className={styles.facts}>
        {response.embeddedData.map(({ name, value }) => (
          <Fact key={name} name={dataName(name)} value={value} />
        ))}
        <Fact name={t('tickets.response.channel')} value={t(`tickets.channel.${response.channel}`)} />
        <Fact name={t('tickets.response.version')} value={String(response.versionNumber)} />
        <Fact name={t('tickets.response.tracking')} value={response.trackingId} />
      </dl>
    </div>
  )
}

type Part = NonNullable<PanelTicket['response']>['leftOut'][number]

/** What came with the answer and could not be taken: an agent may still read a phone number in it. */
function LeftOut({ parts }: { parts: Part[] }) {
  const t = useStrings()
  if (parts.length === 0) return null
  return (
    <section className={styles.leftOut}>
      <h3>{t('tickets.response.leftOut')}</h3>
      <dl className={styles.facts}>
        {parts.map(({ field, value, reason }) => (
          <Fact key={field.join('.')} name={fieldName(field, t)} value={t(`tickets.response.leftOut.${reason}`, { value })} />
        ))}
      </dl>
    </section>
  )
}

const DETAILS = new Set(['firstName', 'lastName', 'email', 'phone', 'externalReference', 'language'])

function fieldName(field: string[], t: ReturnType<typeof useStrings>): string {
  const [place, name] = [field[0], field.at(-1) ?? '']
  const isDetail = (place === 'contact' || field.length === 1) && DETAILS.has(name)
  return isDetail ? t(`contacts.field.${name as 'phone'}`) : dataName(name)
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
