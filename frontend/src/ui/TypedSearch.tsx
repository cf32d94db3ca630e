import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import type { SearchEntry, WantEntry } from './search-entry'
import { SearchField } from './SearchField'

interface Props {
  label: string
  clearLabel: string
  /** What can be looked for, in a few words; without it, the label. */
  placeholder?: string
  /** What is searched for now. */
  text: string
  onSearch: (text: string) => void
  /** Enter and Down lead into what was found, a second Escape back to it; null while typing goes on. */
  onEntry: WantEntry
  inputRef?: RefObject<HTMLInputElement | null>
}

const TYPING_PAUSE_MS = 200

/** Searches after a pause in typing, so that every letter does not become a question to the server. */
export function TypedSearch({ text, onSearch, onEntry, ...field }: Props) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [typed, setTyped] = useState<{ words: string; isWaiting: boolean } | null>(null)
  const [known, setKnown] = useState(text)
  useEffect(() => () => clearTimeout(timer.current), [])
  if (text !== known) {
    setKnown(text)
    // Searched for something else by other means, such as a button that clears the search.
    if (typed && !typed.isWaiting && typed.words.trim() !== text) setTyped(null)
  }
  const words = typed?.words ?? text
  function search(next: string) {
    clearTimeout(timer.current)
    setTyped({ words: next, isWaiting: false })
    onSearch(next.trim())
  }
  function type(next: string) {
    onEntry(null, next)
    setTyped({ words: next, isWaiting: true })
    clearTimeout(timer.current)
    timer.current = setTimeout(() => search(next), TYPING_PAUSE_MS)
  }
  function enter(entry: SearchEntry) {
    if (typed?.isWaiting) search(words)
    onEntry(entry, words.trim())
  }
  function followKey(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') enter('open')
    else if (event.key === 'ArrowDown') enter('walk')
    else if (event.key === 'Escape' && !words) {
      field.inputRef?.current?.blur()
      enter('walk')
    } else return
    event.preventDefault()
  }
  return <SearchField {...field} value={words} onChange={type} onKeyDown={followKey} />
}
