/** What this browser remembers; a closed or full storage is never an error for the person at work. */
export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(`boucle.${key}`)
  } catch {
    return null
  }
}

export function writeStored(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`boucle.${key}`)
    else localStorage.setItem(`boucle.${key}`, value)
  } catch {
    // Private mode or quota: the choice holds for this page only.
  }
}
