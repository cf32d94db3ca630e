const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)

/** The name under which a pressed key is written in `Command.keys`. */
export function keyName(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  const isLetter = /^[a-z]$/.test(key)
  // "[" needs AltGr on a French keyboard, which Windows tells as Ctrl with Alt; on a Mac it needs Option.
  const isWrittenWithAlt = event.getModifierState('AltGraph') || (event.altKey && key.length === 1 && !/^[a-z0-9]$/.test(key))
  return [
    (event.ctrlKey || event.metaKey) && !isWrittenWithAlt && 'mod',
    event.altKey && !isWrittenWithAlt && 'alt',
    event.shiftKey && (isLetter || event.key.length > 1) && 'shift',
    key,
  ]
    .filter(Boolean)
    .join('+')
}

const SHOWN: Record<string, string> = {
  mod: isMac ? '⌘' : 'Ctrl', shift: '⇧', alt: isMac ? '⌥' : 'Alt', Enter: '↵', Escape: 'Esc',
  ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→',
}

/** "mod+k" → ["Ctrl", "K"]; "g i" → ["G", "I"]. For key caps. */
export function keyCaps(key: string): string[] {
  return key.split(/[ +]/).map((part) => SHOWN[part] ?? (part.length === 1 ? part.toUpperCase() : part))
}

/** Whether typing belongs to a field, so that single keys must stay letters. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable) return true
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'range'].includes(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}
