import { ChevronDown, ChevronUp } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { useCommands } from '@/commands/use-commands'
import type { Row } from './merge-rows'

interface Options {
  rows: Row[]
  openKey: string | undefined
  onOpen: (key: string | null) => void
  scrollTo: (index: number) => void
}

/** Which row the keyboard is at: j and k move it, and move the open ticket with it. */
export function useRowCursor({ rows, openKey, onOpen, scrollTo }: Options) {
  const [chosenId, setChosenId] = useState<string | null>(null)
  const openId = openKey ? rows.find((row) => row.key === openKey)?.id : undefined
  const activeId = openId ?? chosenId
  const index = rows.findIndex((row) => row.id === activeId)

  function move(step: 1 | -1) {
    const next = Math.min(Math.max(index + step, 0), rows.length - 1)
    const row = rows[next]
    if (!row) return
    setChosenId(row.id)
    scrollTo(next)
    if (openKey) onOpen(row.key)
  }
  function open() {
    const row = rows[index]
    if (row) onOpen(row.key)
  }
  useCommands([
    { id: 'inbox.next', label: 'inbox.next', group: 'tickets.group', keys: ['j'], icon: ChevronDown, isEnabled: rows.length > 0, run: () => move(1) },
    { id: 'inbox.previous', label: 'inbox.previous', group: 'tickets.group', keys: ['k'], icon: ChevronUp, isEnabled: rows.length > 0, run: () => move(-1) },
    { id: 'inbox.open', label: 'inbox.open', group: 'tickets.group', keys: ['Enter', 'o'], isQuiet: true, isEnabled: index >= 0 && !openKey, run: open },
  ])

  function onKeyDown(event: KeyboardEvent) {
    if (event.target !== event.currentTarget) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : null
    if (!step) return
    event.preventDefault()
    move(step)
  }
  return { activeId: index >= 0 ? activeId : null, activeIndex: index, onKeyDown }
}
