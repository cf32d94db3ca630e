/** The mark of Boucle: a b whose loop is about to close. */
export function Mark({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="6 3 20 26" fill="none" strokeWidth="3.4" strokeLinecap="round" aria-hidden>
      <path d="M10.2 6.5v12.3a6.6 6.6 0 1 0 6.6-6.6" stroke="currentColor" />
      <path d="M16.8 12.2a6.6 6.6 0 0 0-4.2 1.5" stroke="var(--accent)" />
    </svg>
  )
}
