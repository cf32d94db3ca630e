import { type ReactNode, useRef } from 'react'
import { UNSAFE_PortalProvider as PortalProvider } from 'react-aria'
import { useStrings } from '@/app/i18n/use-strings'

/** Everything that floats (menus, lists, dialogs, tooltips) stands in one landmark of its own, not beside all of them. */
export function Overlays({ children }: { children: ReactNode }) {
  const t = useStrings()
  const frame = useRef<HTMLElement>(null)
  return (
    <>
      <PortalProvider getContainer={() => frame.current}>{children}</PortalProvider>
      <section ref={frame} aria-label={t('app.overlays')} />
    </>
  )
}
