import { ChevronDown, ChevronUp } from 'lucide-react'
import { type FocusEvent, type KeyboardEvent, useState } from 'react'
import { useCommands } from '@/commands/use-commands'
import type { Row } from './merge-rows'
import { type Place, stepFrom } from './row-place'

/** Where the reader is; the open ticket, where it is listed, is always that place. */
export function usePlace(listed: readonly Row[], openKey: string | undefined) {
  const [place, setPlace] = useState<Place | null>(null)
  const openIndex = openKey ? listed.findIndex((row) => row.key === openKey) : -1
  const openId = listed[openIndex]?.id
  // Kept when the ticket is closed again, or leaves the list by what is done to it.
  if (openId && openId !== place?.id) setPlace({ id: openId, index: openIndex })
  return { place, setPlace }
}

interface Options {
  rows: Row[]
  place: Place | null
  setPlace: (place: Place | null) => void
  openKey: string | undefined
  onOpen: (key: string | null) => void
  /** Shows the row and tells screen readers of it. */
  reveal: (place: Place) => void
}

/** Which row the keyboard is at: j and k move it, and move the open ticket with it. */
export function useRowCursor({ rows, place, setPlace, openKey, onOpen, reveal }: Options) {
  const index = place ? rows.findIndex((row) => row.id === place.id) : -1

  function go(next: Place | null) {
    const row = next && rows[next.index]
    if (!next || !row) return
    setPlace(next)
    reveal(next)
    if (openKey && row.key !== openKey) onOpen(row.key)
  }
  const move = (step: 1 | -1) => go(stepFrom(rows.map(({ id }) => id), place && index >= 0 ? { id: place.id, index } : place, step))
  function open() {
    const row = rows[index]
    if (row) onOpen(row.key)
  }
  useCommands([
    { id: 'inbox.next', label: 'inbox.next', group: 'tickets.group', keys: ['j'], listKeys: ['ArrowDown'], icon: ChevronDown, isEnabled: rows.length > 0, run: () => move(1) },
    { id: 'inbox.previous', label: 'inbox.previous', group: 'tickets.group', keys: ['k'], listKeys: ['ArrowUp'], icon: ChevronUp, isEnabled: rows.length > 0, run: () => move(-1) },
    { id: 'inbox.open', label: 'inbox.open', group: 'tickets.group', keys: ['Enter', 'o'], isQuiet: true, isEnabled: index >= 0 && !openKey, run: open },
    { id: 'inbox.leave', label: 'inbox.leave', group: 'tickets.group', keys: ['Escape'], isQuiet: true, isEnabled: place !== null && !openKey, run: () => setPlace(null) },
  ])

  function onKeyDown(event: KeyboardEvent) {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : null
    if (!step) return
    event.preventDefault()
    move(step)
  }
  /** Reached by Tab, the list begins at its first row. */
  function onFocus({ target, currentTarget }: FocusEvent) {
    if (target === currentTarget && index < 0) begin()
  }
  const begin = () => go(index >= 0 && place ? { id: place.id, index } : stepFrom(rows.map(({ id }) => id), null, 1))
  /** The focus goes along: the next keys are meant for the rows, no longer for the search. */
  function openFirst() {
    const first = rows[0]
    if (!first) return
    go({ id: first.id, index: 0 })
    onOpen(first.key)
  }
  return { activeId: index >= 0 ? place?.id ?? null : null, activeIndex: index, onKeyDown, onFocus, begin, openFirst }
}
