import { useEffect, useState } from 'react'

/** From the search field into what was found: Enter opens the first, Down walks on among them. */
export type SearchEntry = 'open' | 'walk'

/** What the field wants of the list that shows these words. It is kept until that list is there: the answer may be on its way. */
export interface EntryWish {
  wanted: SearchEntry | null
  words: string
  forget: () => void
}

export type WantEntry = (entry: SearchEntry | null, words: string) => void

export function useSearchEntry(): { wish: EntryWish; want: WantEntry } {
  const [{ wanted, words }, setWish] = useState<Pick<EntryWish, 'wanted' | 'words'>>({ wanted: null, words: '' })
  const want: WantEntry = (entry, searched) => setWish({ wanted: entry, words: searched })
  return { wish: { wanted, words, forget: () => want(null, '') }, want }
}

/** For a list that has its rows, those of `text`. */
export function useEntryWish({ wanted, words, forget }: EntryWish, text: string, { open, walk }: Record<SearchEntry, () => void>): void {
  const isMeant = wanted !== null && words === text
  useEffect(() => {
    if (!isMeant) return
    forget()
    if (wanted === 'open') open()
    else walk()
    // Once for each wish, whatever else is drawn again.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [isMeant, wanted])
}
