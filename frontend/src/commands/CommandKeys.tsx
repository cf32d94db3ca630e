import { useEffect } from 'react'
import { useCommandRegistry } from './use-commands'

/** Listens to the keyboard for the whole page. */
export function CommandKeys() {
  const registry = useCommandRegistry()
  useEffect(() => {
    addEventListener('keydown', registry.handleKey)
    return () => removeEventListener('keydown', registry.handleKey)
  }, [registry])
  return null
}
