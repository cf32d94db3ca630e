import { ArrowRightLeft, ChevronDown, ChevronLeft, ChevronRight, ChevronUp } from 'lucide-react'
import { type FocusEvent, type KeyboardEvent, type RefObject, useState } from 'react'
import { useCommands } from '@/commands/use-commands'
import { useCan } from '@/features/session/viewer'
import { cardBeside, type Direction, focusCard } from './kanban-walk'

interface Options {
  board: RefObject<HTMLDivElement | null>
  openKey: string | undefined
  onOpen: (key: string) => void
}

const FOLLOW_EVERY_MS = 50
const ARROWS: Record<string, Direction> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' }

/** Which card the keyboard is at. The board is one stop of Tab; arrows, j and k go from card to card. */
export function useCardWalk({ board, openKey, onOpen }: Options) {
  const canWork = useCan('TICKETS_WORK')
  const [cursorId, setCursorId] = useState<string | null>(null)
  const [isChoosing, setChoosing] = useState(false)

  function goTo(id: string | null) {
    if (!id || !board.current) return
    setCursorId(id)
    focusCard(board.current, id)
    const key = board.current.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"]`)?.dataset.key
    if (openKey && key && key !== openKey) onOpen(key)
  }
  const walk = (direction: Direction) => board.current && goTo(cardBeside(board.current, cursorId, direction))
  const begin = () => board.current && goTo(cursorId ?? cardBeside(board.current, null, 'down'))
  function openCursor() {
    const key = board.current?.querySelector<HTMLElement>(`[data-card="${CSS.escape(cursorId ?? '')}"]`)?.dataset.key
    if (key) onOpen(key)
  }
  /** Before a card leaves for a column that shows none: the one below, else the one above. */
  function stepAside() {
    if (board.current) goTo(cardBeside(board.current, cursorId, 'down') ?? cardBeside(board.current, cursorId, 'up'))
  }

  /** A card on its way to another column has the focus there, once the menu that moved it has let go of it. */
  function follow(id: string, tries = 20) {
    if (document.activeElement === document.body) focusCard(board.current, id)
    if (tries > 0) setTimeout(() => follow(id, tries - 1), FOLLOW_EVERY_MS)
  }
  function openFirst() {
    const id = board.current && cardBeside(board.current, null, 'down')
    goTo(id)
    board.current?.querySelector<HTMLElement>(`[data-card="${CSS.escape(id ?? '')}"] a`)?.click()
  }
  const hasCursor = cursorId !== null
  useCommands([
    { id: 'inbox.next', label: 'inbox.next', group: 'tickets.group', keys: ['j'], listKeys: ['ArrowDown'], icon: ChevronDown, run: () => walk('down') },
    { id: 'inbox.previous', label: 'inbox.previous', group: 'tickets.group', keys: ['k'], listKeys: ['ArrowUp'], icon: ChevronUp, run: () => walk('up') },
    { id: 'inbox.columnLeft', label: 'inbox.kanban.left', group: 'tickets.group', listKeys: ['ArrowLeft'], isQuiet: true, icon: ChevronLeft, run: () => walk('left') },
    { id: 'inbox.columnRight', label: 'inbox.kanban.right', group: 'tickets.group', listKeys: ['ArrowRight'], isQuiet: true, icon: ChevronRight, run: () => walk('right') },
    { id: 'inbox.move', label: 'inbox.kanban.move', group: 'tickets.group', keys: ['m'], icon: ArrowRightLeft, isEnabled: canWork, run: () => (hasCursor ? setChoosing(true) : begin()) },
    { id: 'inbox.open', label: 'inbox.open', group: 'tickets.group', keys: ['Enter', 'o'], isQuiet: true, isEnabled: hasCursor && !openKey, run: openCursor },
    { id: 'inbox.leave', label: 'inbox.leave', group: 'tickets.group', keys: ['Escape'], isQuiet: true, isEnabled: hasCursor && !openKey, run: () => setCursorId(null) },
  ])

  function onKeyDown(event: KeyboardEvent) {
    const direction = ARROWS[event.key]
    // A menu of a card has arrows of its own.
    if (!direction || !(event.target instanceof HTMLElement) || !board.current?.contains(event.target)) return
    event.preventDefault()
    walk(direction)
  }
  function onFocus({ target, currentTarget }: FocusEvent) {
    if (target === currentTarget) begin()
    const id = target.closest<HTMLElement>('[data-card]')?.dataset.card
    if (id) setCursorId(id)
  }
  return { cursorId, setCursorId, isChoosing, setChoosing, follow, stepAside, begin, openFirst, onKeyDown, onFocus }
}
