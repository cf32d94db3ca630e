import { useEffect, useState } from 'react'

/** From the search field into what was found: Enter opens the first, Down walks on among them. */
export type SearchEntry = 'open' | 'walk'

/** What the field wants of the list, kept until the list is there: the answer may still be on its way. */
export interface EntryWish {
  wanted: SearchEntry | null
  forget: () => void
}

export function useSearchEntry(): { wish: EntryWish; want: (entry: SearchEntry | null) => void } {
  const [wanted, setWanted] = useState<SearchEntry | null>(null)
  return { wish: { wanted, forget: () => setWanted(null) }, want: setWanted }
}

/** For a list that has its rows. */
export function useEntryWish({ wanted, forget }: EntryWish, { open, walk }: Record<SearchEntry, () => void>): void {
  useEffect(() => {
    if (!wanted) return
    forget()
    if (wanted === 'open') open()
    else walk()
    // Once for each wish, whatever else is drawn again.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [wanted])
}
