import { I18nProvider } from '@lingui/react'
import type { ReactNode } from 'react'
import { I18nProvider as AriaLocale, RouterProvider } from 'react-aria-components'
import { BrowserRouter, useHref, useNavigate } from 'react-router'
import { Provider as GraphqlProvider } from 'urql'
import { CommandKeys } from '@/commands/CommandKeys'
import { SessionGate } from '@/features/session/SessionGate'
import { SessionContext } from '@/features/session/viewer'
import { LiveContext } from '@/graphql/live-context'
import { useStore } from '@/lib/store'
import { Overlays } from '@/ui/Overlays'
import { ToastRegion } from '@/ui/ToastRegion'
import { currentApi, restartSession } from './api'
import { ErrorBoundary } from './ErrorBoundary'
import { i18n } from './i18n/i18n'
import { useLocale } from './i18n/use-strings'
import { AppRoutes } from './routes'

const session = { restart: restartSession }

export function App() {
  const api = useStore(currentApi)
  return (
    <I18nProvider i18n={i18n}>
      <ErrorBoundary>
        <BrowserRouter>
          <AriaProviders>
            <SessionContext value={session}>
              <GraphqlProvider value={api.client}>
                <LiveContext value={api.live}>
                  <CommandKeys />
                  <Overlays>
                    <SessionGate>
                      <AppRoutes />
                    </SessionGate>
                  </Overlays>
                  <ToastRegion />
                </LiveContext>
              </GraphqlProvider>
            </SessionContext>
          </AriaProviders>
        </BrowserRouter>
      </ErrorBoundary>
    </I18nProvider>
  )
}

function AriaProviders({ children }: { children: ReactNode }) {
  const navigate = useNavigate()
  const locale = useLocale()
  return (
    <AriaLocale locale={locale === 'fr' ? 'fr-FR' : 'en-GB'}>
      {/* oxlint-disable-next-line react/hooks -- React Aria asks for this hook as a value */}
      <RouterProvider navigate={(to) => void navigate(to)} useHref={useHref}>
        {children}
      </RouterProvider>
    </AriaLocale>
  )
}
