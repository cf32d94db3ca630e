import { cleanup } from '@testing-library/react'
import { afterEach } from 'vitest'

// jsdom has no CSS object; React Aria's overlays escape ids with it.
globalThis.CSS ??= { escape: (text: string) => text.replace(/[^\w-]/g, '\\$&') } as typeof CSS

afterEach(() => {
  cleanup()
  localStorage.clear()
})
