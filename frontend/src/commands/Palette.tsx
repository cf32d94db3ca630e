import { CircleUserRound } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useState } from 'react'
import { Autocomplete, Dialog, Header, Input, Menu, MenuItem, MenuSection, Modal, ModalOverlay, TextField } from 'react-aria-components'
import { useNavigate } from 'react-router'
import { useStrings } from '@/app/i18n/use-strings'
import { customerLabel } from '@/features/tickets/customer-label'
import { StatusMark } from '@/features/tickets/StatusMark'
import { statusLabel } from '@/features/tickets/status-label'
import { useTicketAddress } from '@/features/tickets/ticket-address'
import { hasWords } from '@/lib/fold'
import { Keys } from '@/ui/Keys'
import type { Command } from './command'
import styles from './Palette.module.css'
import { useCommandRegistry } from './use-commands'
import { useCommandLabel } from './use-label'
import { type Found, type FoundContact, type FoundTicket, usePaletteSearch } from './use-palette-search'

interface Props {
  onClose: () => void
}

/** What the server found fits already; only commands are sifted here. */
const FOUND = /^(tkt|con)_/

/** Finds tickets and customers, and runs any command of the screen. Lives only while it is open, so its list is always today's. */
export default function Palette({ onClose }: Props) {
  const t = useStrings()
  const [text, setText] = useState('')
  const found = usePaletteSearch(text)
  const choose = useChoice(found.tickets, onClose)
  const followEnter = useEnterAhead(text, found, choose)
  return (
    <ModalOverlay className={styles.overlay} isOpen isDismissable onOpenChange={(isOpen) => isOpen || onClose()}>
      <Modal className={styles.modal}>
        <Dialog className={styles.dialog} aria-label={t('app.palette')}>
          <Autocomplete filter={(name, words, node) => FOUND.test(String(node.key)) || hasWords(name, words)} inputValue={text} onInputChange={setText}>
            <TextField className={styles.search} aria-label={t('app.palette.search')} autoFocus>
              <Input className={styles.input} placeholder={t('app.palette.search')} onKeyDown={followEnter} />
            </TextField>
            {/* Scrolls, and so has to be reachable without a mouse; the field walks it otherwise. */}
            <div className={styles.scroller} tabIndex={0} role="group" aria-label={t('app.palette.found')}>
              <Menu
                className={styles.list}
                aria-label={t('app.palette')}
                onAction={choose}
                renderEmptyState={() => <p className={styles.empty}>{t(found.isSearching ? 'app.loading' : 'app.palette.none')}</p>}
              >
                <Commands />
                <Group title={t('app.palette.tickets')} isShown={found.tickets.length > 0}>
                  {found.tickets.map((ticket) => (
                    <TicketItem key={ticket.id} ticket={ticket} />
                  ))}
                </Group>
                <Group title={t('app.palette.contacts')} isShown={found.contacts.length > 0}>
                  {found.contacts.map((contact) => (
                    <ContactItem key={contact.id} contact={contact} />
                  ))}
                </Group>
              </Menu>
            </div>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

/** Enter while nothing is marked yet means the first that is found, also where the answer is still on its way. */
function useEnterAhead(text: string, { tickets, contacts, isSearching }: Found, choose: (id: unknown) => void) {
  const [wantedFor, setWantedFor] = useState<string | null>(null)
  const first = tickets[0]?.id ?? contacts[0]?.id
  const isDue = wantedFor === text && !isSearching && first !== undefined
  useEffect(() => {
    if (isDue) choose(first)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, when the answer is there
  }, [isDue])
  return (event: KeyboardEvent) => {
    const isMarked = event.currentTarget.hasAttribute('aria-activedescendant')
    if (event.key === 'Enter' && !event.nativeEvent.isComposing && !isMarked) setWantedFor(text)
  }
}

function useChoice(tickets: FoundTicket[], onClose: () => void): (id: unknown) => void {
  const registry = useCommandRegistry()
  const navigate = useNavigate()
  const addressOf = useTicketAddress()
  return (chosen) => {
    const id = String(chosen)
    const ticket = tickets.find((each) => each.id === id)
    onClose()
    // After the dialog has given the focus back, so that a command may move it.
    setTimeout(() => {
      if (ticket) void navigate(addressOf(ticket.key))
      else if (FOUND.test(id)) void navigate(`/contacts/${id}`)
      else registry.run(id)
    })
  }
}

function Commands() {
  const t = useStrings()
  const commands = useCommandRegistry().list()
  const groups = Map.groupBy(commands.filter((command) => !command.isQuiet), (command) => command.group)
  return [...groups].map(([group, members]) => (
    <Group key={group} title={t(group)}>
      {members.map((command) => (
        <CommandItem key={command.id} command={command} />
      ))}
    </Group>
  ))
}

function Group({ title, isShown = true, children }: { title: string; isShown?: boolean; children: ReactNode }) {
  if (!isShown) return null
  return (
    <MenuSection>
      <Header className={styles.group}>{title}</Header>
      {children}
    </MenuSection>
  )
}

function CommandItem({ command }: { command: Command }) {
  const label = useCommandLabel()(command)
  const Icon = command.icon
  return (
    <MenuItem id={command.id} className={styles.item} textValue={label}>
      <span className={styles.icon}>{Icon && <Icon size={16} aria-hidden />}</span>
      <span className={styles.label}>{label}</span>
      {command.keys?.[0] && <Keys of={command.keys[0]} />}
    </MenuItem>
  )
}

function TicketItem({ ticket }: { ticket: FoundTicket }) {
  const t = useStrings()
  const customer = customerLabel(ticket, t)
  const status = statusLabel(ticket.status, t)
  return (
    <MenuItem id={ticket.id} className={styles.item} textValue={`${ticket.key} ${customer} ${ticket.subject}, ${status}`}>
      <span className={styles.icon} title={status}>
        <StatusMark category={ticket.status.category} statusKey={ticket.status.key} />
      </span>
      <span className={styles.key}>{ticket.key}</span>
      <span className={styles.name}>{customer}</span>
      <span className={styles.words}>{ticket.comment || ticket.subject}</span>
    </MenuItem>
  )
}

function ContactItem({ contact }: { contact: FoundContact }) {
  return (
    <MenuItem id={contact.id} className={styles.item} textValue={`${contact.name} ${contact.email ?? contact.phone ?? ''}`}>
      <span className={styles.icon}>
        <CircleUserRound size={16} aria-hidden />
      </span>
      <span className={styles.name}>{contact.name}</span>
      <span className={styles.words}>{contact.email ?? contact.phone}</span>
    </MenuItem>
  )
}
