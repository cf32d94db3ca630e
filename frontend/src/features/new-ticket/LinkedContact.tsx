import { Link2 } from 'lucide-react'
import { useFormats, useStrings } from '@/app/i18n/use-strings'
import { Button } from '@/ui/Button'
import { Select } from '@/ui/Select'
import styles from './NewTicket.module.css'
import { withoutContact } from './new-ticket'
import type { CustomerResponsesQuery } from './new-ticket.generated'
import type { NewTicketForm } from './use-new-ticket'

export type Customer = Extract<NonNullable<CustomerResponsesQuery['node']>, { name: string }>
type CustomerResponse = Customer['responses']['nodes'][number]

const NO_RESPONSE = 'none'

/** Whose contact the ticket will be linked to, and which of their responses it is about. */
export function LinkedContact({ form, contact }: { form: NewTicketForm; contact: Customer }) {
  const t = useStrings()
  return (
    <div className={styles.linked} role="group" aria-label={t('newTicket.linked')}>
      <div className={styles.contact}>
        <Link2 size={14} aria-hidden />
        <span>{t('newTicket.linked.about', { name: contact.name, responses: contact.responseCount, tickets: contact.openTicketCount })}</span>
        <Button size="small" look="quiet" onPress={() => form.change(withoutContact)}>
          {t('newTicket.unlink')}
        </Button>
      </div>
      {contact.responses.nodes.length > 0 && <ResponseField form={form} responses={contact.responses.nodes} />}
    </div>
  )
}

function ResponseField({ form, responses }: { form: NewTicketForm; responses: CustomerResponse[] }) {
  const t = useStrings()
  const formats = useFormats()
  const { value, onChange, error } = form.field('responseId')
  const scoreOf = ({ score, scoreMaximum }: CustomerResponse) => (score === null || score === undefined ? null : `${score}/${scoreMaximum}`)
  const titleOf = (response: CustomerResponse) => [scoreOf(response), response.survey.name, formats.date(response.submittedAt)].filter(Boolean).join(' · ')
  const hintOf = ({ ticket, comment }: CustomerResponse) => [ticket && t('newTicket.response.hasTicket', { key: ticket.key }), comment].filter(Boolean).join(' · ')
  return (
    <Select
      label={t('newTicket.field.response')}
      error={error}
      value={value ?? NO_RESPONSE}
      onChange={(id) => onChange(id === NO_RESPONSE ? null : id)}
      options={[
        { id: NO_RESPONSE, text: t('newTicket.response.none') },
        ...responses.map((response) => ({ id: response.id, text: titleOf(response), hint: hintOf(response) })),
      ]}
    />
  )
}
