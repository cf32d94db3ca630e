import type { ComponentType } from 'react'
import { lazyPart } from '@/lib/lazy-part'
import { loadScreenWords } from './i18n/i18n'

/** A screen or a dialog that is fetched when it is opened, together with its words. */
export function lazyScreen<Props = object>(load: () => Promise<{ default: ComponentType<Props> }>) {
  return lazyPart(async () => {
    const [screen] = await Promise.all([load(), loadScreenWords()])
    return screen
  })
}
