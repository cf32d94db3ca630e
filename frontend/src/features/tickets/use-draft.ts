import { useState } from 'react'
import { readStored, writeStored } from '@/lib/storage'

/** A text that survives reloads until it is sent. */
export function useDraft(key: string): { text: string; change: (text: string) => void; clear: () => void } {
  const [state, setState] = useState(() => ({ key, text: readStored(`draft.${key}`) ?? '' }))
  if (state.key !== key) setState({ key, text: readStored(`draft.${key}`) ?? '' })
  function change(text: string) {
    writeStored(`draft.${key}`, text || null)
    setState({ key, text })
  }
  return { text: state.key === key ? state.text : '', change, clear: () => change('') }
}
