import { createContext, useContext, useEffect, useLayoutEffect, useRef } from 'react'
import type { Command } from './command'
import { type CommandRegistry, createCommandRegistry } from './registry'

export const CommandsContext = createContext<CommandRegistry>(createCommandRegistry())

/** Offers these commands (key, palette, key list) for as long as the component is on the screen. */
export function useCommands(commands: Command[]): void {
  const registry = useContext(CommandsContext)
  const source = useRef(commands)
  useLayoutEffect(() => {
    source.current = commands
  })
  useEffect(() => registry.add(source), [registry])
}

export function useCommandRegistry(): CommandRegistry {
  return useContext(CommandsContext)
}
