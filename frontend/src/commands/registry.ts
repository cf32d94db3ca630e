import type { Command } from './command'
import { isTyping, keyName } from './keys'
import { createTypeAhead } from './type-ahead'

const SEQUENCE_WITHIN_MS = 900

/** A component's commands, read through a reference so that they are always those of its last render. */
export interface CommandSource {
  current: Command[]
}

export interface CommandRegistry {
  add(source: CommandSource): () => void
  /** Enabled commands, those of the innermost screen first; the first one to claim an id wins. */
  list(): Command[]
  /** Runs an enabled command from its button or its menu item. */
  run(id: string): void
  handleKey(event: KeyboardEvent): void
}

export function createCommandRegistry(now: () => number = Date.now): CommandRegistry {
  const sources: CommandSource[] = []
  const waitForField = createTypeAhead()
  let prefix: { key: string; until: number } | null = null

  function list(): Command[] {
    const byId = new Map<string, Command>()
    for (const source of sources.toReversed())
      for (const command of source.current) if (!byId.has(command.id) && command.isEnabled !== false) byId.set(command.id, command)
    return [...byId.values()]
  }

  function handleKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return
    const key = keyName(event)
    if (!key.startsWith('mod+') && (isTyping(event.target) || isInsideOverlay(event.target))) return
    if (key === 'Enter' && isPressable(event.target)) return
    const sequence = prefix && prefix.until > now() ? `${prefix.key} ${key}` : null
    prefix = null
    const commands = list()
    const found = (sequence && commandFor(commands, sequence)) || commandFor(commands, key)
    if (found?.isLeftToFields && isTyping(event.target)) return
    if (found) {
      event.preventDefault()
      found.run()
      if (found.isTypedInto) waitForField()
    } else if (commands.some((command) => command.keys?.some((each) => each.startsWith(`${key} `)))) {
      prefix = { key, until: now() + SEQUENCE_WITHIN_MS }
    }
  }

  return {
    add(source) {
      sources.push(source)
      return () => {
        sources.splice(sources.indexOf(source), 1)
      }
    },
    list,
    run: (id) => list().find((command) => command.id === id)?.run(),
    handleKey,
  }
}

function commandFor(commands: Command[], key: string): Command | undefined {
  return commands.find((command) => command.keys?.includes(key))
}

/** Dialogs, menus and list boxes have keys of their own. */
function isInsideOverlay(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role="dialog"],[role="menu"],[role="listbox"],[role="alertdialog"]') !== null
}

function isPressable(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button,a,[role="tab"]') !== null
}
