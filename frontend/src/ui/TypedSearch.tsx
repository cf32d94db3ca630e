import { type Ref, useEffect, useRef, useState } from 'react'
import { SearchField } from './SearchField'

interface Props {
  label: string
  clearLabel: string
  /** What is searched for now. */
  text: string
  onSearch: (text: string) => void
  inputRef?: Ref<HTMLInputElement>
}

const TYPING_PAUSE_MS = 200

/** Searches after a pause in typing, so that every letter does not become a question to the server. */
export function TypedSearch({ text, onSearch, ...field }: Props) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [typed, setTyped] = useState<{ words: string; isWaiting: boolean } | null>(null)
  const [known, setKnown] = useState(text)
  useEffect(() => () => clearTimeout(timer.current), [])
  if (text !== known) {
    setKnown(text)
    // Searched for something else by other means, such as a button that clears the search.
    if (typed && !typed.isWaiting && typed.words.trim() !== text) setTyped(null)
  }
  function type(words: string) {
    setTyped({ words, isWaiting: true })
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      setTyped({ words, isWaiting: false })
      onSearch(words.trim())
    }, TYPING_PAUSE_MS)
  }
  return <SearchField {...field} value={typed?.words ?? text} onChange={type} />
}
