import { type ReactNode, Suspense, useEffect } from 'react'
import { useQuery } from 'urql'
import { activateLocale } from '@/app/i18n/i18n'
import { localeOf, rememberLocale } from '@/app/i18n/preference'
import { setTimeZone } from '@/app/i18n/time-zone'
import { lazyPart } from '@/lib/lazy-part'
import { ScreenLoading } from '@/ui/Loading'
import { ErrorScreen } from '@/ui/States'
import { Splash } from '@/ui/Splash'
import { SessionDocument } from './session.generated'
import { ViewerContext } from './viewer'

const SignInPage = lazyPart(() => import('./SignInPage'))

/** Shows the product to whoever is signed in, and the sign-in page to everybody else. */
export function SessionGate({ children }: { children: ReactNode }) {
  const [{ data, error, fetching }, refresh] = useQuery({ query: SessionDocument })
  const language = data?.viewer?.language
  useEffect(() => {
    if (!language) return
    const locale = localeOf(language)
    rememberLocale(locale)
    void activateLocale(locale)
  }, [language])
  const timeZone = data?.viewer?.timeZone
  useEffect(() => setTimeZone(timeZone), [timeZone])

  if (data?.viewer) return <ViewerContext value={data.viewer}>{children}</ViewerContext>
  if (fetching) return <Splash />
  if (error) return <ErrorScreen error={error} onRetry={() => refresh({ requestPolicy: 'network-only' })} />
  return (
    <Suspense fallback={<ScreenLoading><Splash /></ScreenLoading>}>
      <SignInPage />
    </Suspense>
  )
}
