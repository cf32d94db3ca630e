import { createStore } from '@/lib/store'
import { readStored, writeStored } from '@/lib/storage'

export type Theme = 'system' | 'light' | 'dark'

function storedTheme(): Theme {
  const stored = readStored('theme')
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}

export const theme = createStore<Theme>(storedTheme())

export function chooseTheme(next: Theme): void {
  theme.set(next)
  writeStored('theme', next === 'system' ? null : next)
  if (next === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = next
}
