import type { KeyboardEvent } from 'react'

/** Ctrl+Enter, or ⌘+Enter, sends what is being written, from a field of several lines too. */
export function sendsByKey(send: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    send()
  }
}
