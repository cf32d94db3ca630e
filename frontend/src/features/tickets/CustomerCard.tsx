import { ArrowRight, BellOff, LockKeyhole } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { useFormats, useStrings } from '@/app/i18n/use-strings'
import { useCan } from '@/features/session/viewer'
import { Avatar } from '@/ui/Avatar'
import { Fact, Facts } from '@/ui/Facts'
import { EmailReach, PhoneReach } from '@/ui/Reach'
import { SideSection } from '@/ui/SideSection'
import { TooltipOn } from '@/ui/Tooltip'
import { customerLabel } from './customer-label'
import styles from './CustomerCard.module.css'
import { dataName } from './data-name'
import { SegmentPicker } from './SegmentPicker'
import { ScoreTrend } from './ScoreTrend'
import { TicketLine } from './TicketLine'
import type { PanelTicket } from './TicketPanel'
import type { TicketWrites } from './use-ticket-writes'
import { useWhyFixed } from './WhyFixed'

/** Who the customer is: what never changes, how they have scored, what else is open. */
export function CustomerCard({ ticket, writes }: { ticket: PanelTicket; writes: TicketWrites }) {
  const t = useStrings()
  const formats = useFormats()
  const canReadContacts = useCan('CONTACTS_READ')
  const { contact } = ticket
  const name = customerLabel(ticket, t)
  return (
    <div className={styles.card}>
      <header className={styles.head}>
        <Avatar name={name} size={32} />
        <div className={styles.who}>
          <h2 className={styles.name}>{name}</h2>
          <p className={styles.sub}>{contact ? t('tickets.customer.responses', { count: contact.responseCount }) : t('tickets.customer.notLinked')}</p>
        </div>
        <LockSign ticket={ticket} />
      </header>
      <div className={styles.facts}>
        <Facts>
          {ticket.customerEmail && (
            <Fact name={t('tickets.field.email')}>
              <EmailReach name={t('tickets.field.email')} address={ticket.customerEmail} />
            </Fact>
          )}
          {ticket.customerPhone && (
            <Fact name={t('tickets.field.phone')}>
              <PhoneReach name={t('tickets.field.phone')} phone={ticket.customerPhone} />
            </Fact>
          )}
          <Fact name={t('tickets.field.occurredAt')}>{formats.dateTime(ticket.occurredAt)}</Fact>
          <Fact name={t('tickets.field.originalSegment')}>
            <OriginalSegment ticket={ticket} writes={writes} />
          </Fact>
          {ticket.segmentAtCreation && ticket.segmentAtCreation !== ticket.originalSegment && <Fact name={t('tickets.field.segmentAtCreation')}>{ticket.segmentAtCreation}</Fact>}
        </Facts>
      </div>
      <AnswerData ticket={ticket} />
      {contact?.isOptedOut && (
        <p className={styles.optedOut}>
          <BellOff size={14} aria-hidden />
          {t('tickets.customer.optedOut')}
        </p>
      )}
      {contact && canReadContacts && (
        <Link to={`/contacts/${contact.id}`} className={styles.profile}>
          {t('tickets.customer.profile')}
          <ArrowRight size={14} aria-hidden />
        </Link>
      )}
      {contact && <ScoreTrend name={name} responses={contact.responses.nodes} />}
      {contact && <OtherTickets ticket={ticket} />}
    </div>
  )
}

/** What came along with the answer without being asked: the order, the product, the shop. */
function AnswerData({ ticket }: { ticket: PanelTicket }) {
  const t = useStrings()
  const data = ticket.response?.embeddedData ?? []
  if (data.length === 0) return null
  return (
    <SideSection title={t('tickets.customer.data')}>
      <Facts>
        {data.map(({ name, value }) => (
          <Fact key={name} name={dataName(name)}>
            {value}
          </Fact>
        ))}
      </Facts>
    </SideSection>
  )
}

function OriginalSegment({ ticket, writes }: { ticket: PanelTicket; writes: TicketWrites }) {
  const t = useStrings()
  const [isOpen, setOpen] = useState(false)
  const whyFixed = useWhyFixed(ticket)
  return (
    <SegmentPicker
      label={t('tickets.field.originalSegment')}
      value={ticket.originalSegment}
      onChange={(originalSegment) => void writes.update({ originalSegment }, t('tickets.do.segment'))}
      isOpen={isOpen}
      onOpenChange={setOpen}
      fixed={whyFixed('segment')}
    />
  )
}

function LockSign({ ticket }: { ticket: PanelTicket }) {
  const t = useStrings()
  return (
    <TooltipOn
      className={styles.lock}
      text={t(ticket.kind === 'MANUAL' ? 'tickets.customer.lockedManual' : 'tickets.customer.locked')}
    >
      <LockKeyhole size={12} aria-hidden />
      {t(ticket.kind === 'MANUAL' ? 'tickets.customer.lockedManual.label' : 'tickets.customer.locked.label')}
    </TooltipOn>
  )
}

function OtherTickets({ ticket }: { ticket: PanelTicket }) {
  const t = useStrings()
  const others = (ticket.contact?.tickets.nodes ?? []).filter(({ id }) => id !== ticket.id)
  return (
    <SideSection title={t('tickets.customer.tickets')} empty={others.length === 0 && t('tickets.customer.noTickets')}>
      <ul>
        {others.map((other) => (
          <li key={other.id}>
            <TicketLine ticket={other} />
          </li>
        ))}
      </ul>
    </SideSection>
  )
}
