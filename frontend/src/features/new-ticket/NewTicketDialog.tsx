import { type RefObject, useEffect, useRef } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { useQuery } from 'urql'
import { useStrings } from '@/app/i18n/use-strings'
import { useViewer } from '@/features/session/viewer'
import { usePriorityOptions } from '@/features/tickets/choices'
import { Button } from '@/ui/Button'
import { SuggestField } from '@/ui/ComboBox'
import { DateField } from '@/ui/DateField'
import { Dialog, DialogActions } from '@/ui/Dialog'
import { Form, FormRow } from '@/ui/Form'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import { showToast } from '@/ui/toasts'
import { CustomerNameField } from './CustomerNameField'
import { type Customer, LinkedContact } from './LinkedContact'
import { newTicketOf, placeToSee, withContact } from './new-ticket'
import { CustomerResponsesDocument, NewTicketChoicesDocument } from './new-ticket.generated'
import styles from './NewTicket.module.css'
import { OwnerFields } from './OwnerFields'
import { useNewTicket, type NewTicketForm } from './use-new-ticket'

interface Props {
  /** Begins with this customer. */
  contactId: string | null
  onClose: () => void
  onCreated: (key: string) => void
}

/** A ticket by hand, for what reached us beside the surveys. */
export default function NewTicketDialog({ contactId, onClose, onCreated }: Props) {
  const t = useStrings()
  const frame = useRef<HTMLDivElement>(null)
  const viewer = useViewer()
  const navigate = useNavigate()
  const address = useLocation()
  const form = useNewTicket(contactId, (key, made) => {
    if (key === null) {
      onClose()
      return showToast({ tone: 'success', text: t('newTicket.createdForOthers') })
    }
    onCreated(key)
    const place = placeToSee(made, viewer, address)
    if (!place) return showToast({ tone: 'success', text: t('newTicket.created', { key }) })
    const view = t(`inbox.view.${place}`)
    const see = { label: view, run: () => void navigate(`/inbox/${key}?view=${place}`) }
    showToast({ tone: 'success', text: t('newTicket.createdIn', { key, view }), action: see })
  })
  const contact = useCustomer(form.ticket.contactId ?? (form.isEmpty ? contactId : null))
  if (contact && contact.id === contactId && form.isEmpty && !form.ticket.contactId) form.begin(withContact(newTicketOf(viewer), contact))
  useFirstWrongField(frame, form.refusals)
  return (
    <Dialog title={t('tickets.new')} width={620} isDismissable={form.isEmpty} onClose={onClose}>
      <div ref={frame}>
        <Form onSubmit={() => void form.create()} error={form.error}>
          <CustomerFields form={form} contact={contact} />
          <TextField label={t('tickets.field.subject')} isRequired {...form.field('subject')} />
          <FeedbackFields form={form} />
          <WorkFields form={form} />
          <DialogActions>
            {!form.isEmpty && (
              <span className={styles.draft}>
                <span className={styles.kept}>{t('newTicket.draft')}</span>
                <Button size="small" look="quiet" onPress={form.discard}>
                  {t('newTicket.discard')}
                </Button>
              </span>
            )}
            <Button onPress={onClose}>{t('app.cancel')}</Button>
            <Button look="primary" type="submit" isPending={form.isSending}>
              {t('newTicket.create')}
            </Button>
          </DialogActions>
        </Form>
      </div>
    </Dialog>
  )
}

/** Leads to it once the refusals are shown. */
function useFirstWrongField(frame: RefObject<HTMLElement | null>, refusals: number) {
  useEffect(() => {
    if (refusals > 0) frame.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [frame, refusals])
}

/** The chosen contact as the directory has them now. */
function useCustomer(id: string | null): Customer | null {
  const [{ data }] = useQuery({ query: CustomerResponsesDocument, variables: { id: id ?? '' }, pause: !id })
  return id && data?.node?.id === id && 'name' in data.node ? data.node : null
}

function CustomerFields({ form, contact }: { form: NewTicketForm; contact: Customer | null }) {
  const t = useStrings()
  return (
    <>
      <CustomerNameField form={form} />
      <FormRow>
        <TextField label={t('tickets.field.email')} type="email" {...form.field('customerEmail')} />
        <TextField label={t('tickets.field.phone')} type="tel" {...form.field('customerPhone')} />
      </FormRow>
      {contact && form.ticket.contactId === contact.id && <LinkedContact form={form} contact={contact} />}
    </>
  )
}

function FeedbackFields({ form }: { form: NewTicketForm }) {
  const t = useStrings()
  const hint = form.ticket.responseId ? t('newTicket.response.words') : undefined
  return <TextField label={t('newTicket.field.comment')} hint={hint} isMultiline rows={3} {...form.field('comment')} />
}

const NO_SURVEY = 'none'

function WorkFields({ form }: { form: NewTicketForm }) {
  const t = useStrings()
  const [{ data }] = useQuery({ query: NewTicketChoicesDocument })
  const priorities = usePriorityOptions()
  const survey = form.field('surveyId')
  const surveys = data?.surveys.nodes ?? []
  return (
    <>
      <FormRow>
        <Select label={t('tickets.field.priority')} {...form.field('priority')} options={priorities} />
        <DateField label={t('tickets.field.occurredAt')} withTime clearLabel={t('newTicket.now')} {...form.field('occurredAt')} />
      </FormRow>
      <OwnerFields form={form} choices={data} />
      <FormRow>
        <SuggestField label={t('tickets.field.segment')} suggestions={data?.segments ?? []} {...form.field('segment')} />
        {!form.ticket.responseId && surveys.length > 0 && (
          <Select
            label={t('tickets.field.survey')}
            error={survey.error}
            value={survey.value ?? NO_SURVEY}
            onChange={(id) => survey.onChange(id === NO_SURVEY ? null : id)}
            options={[{ id: NO_SURVEY, text: t('newTicket.survey.none') }, ...surveys.map(({ id, name }) => ({ id, text: name }))]}
          />
        )}
      </FormRow>
    </>
  )
}
