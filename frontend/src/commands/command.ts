import type { LucideIcon } from 'lucide-react'
import type { MessageKey } from '@/app/i18n/i18n'

/** One thing that can be done: the same object serves its key, its menu item, its button and the palette. */
export interface Command {
  id: string
  label: MessageKey | { text: string }
  group: MessageKey
  /** "j", "g i" (one after the other), "mod+k" (⌘ or Ctrl), "shift+e". The first one is shown. */
  keys?: string[]
  /** Keys that a list handles itself while it has the focus; told in the key list. */
  listKeys?: string[]
  icon?: LucideIcon
  isEnabled?: boolean
  /** Hidden from the palette: for keys that only move a cursor. */
  isQuiet?: boolean
  /** Opens a field: what is typed until the field has the focus is meant for it. */
  isTypedInto?: boolean
  /** Even with Ctrl its key belongs to the field that is typed in, such as Ctrl+Z. */
  isLeftToFields?: boolean
  run: () => void
}
