import { type ReactNode, useEffect } from 'react'
import { useStrings } from '@/app/i18n/use-strings'
import { partsOutOfReach } from '@/lib/lazy-part'
import { useStore } from '@/lib/store'
import { ScreenState, Skeleton, UnreachableState } from './States'
import { showToast } from './toasts'

/** While a part of a screen is fetched; says so when the server is not there, until it is. */
export function PartLoading({ children }: { children?: ReactNode }) {
  const isOutOfReach = useStore(partsOutOfReach) > 0
  return isOutOfReach ? <UnreachableState /> : (children ?? <Skeleton />)
}

/** The same for a screen as a whole. */
export function ScreenLoading({ children }: { children?: ReactNode }) {
  const isOutOfReach = useStore(partsOutOfReach) > 0
  if (!isOutOfReach) return children ?? <Skeleton />
  return (
    <ScreenState>
      <UnreachableState />
    </ScreenState>
  )
}

/** While a dialog is fetched, nothing; when the server is not there, why nothing opens. */
export function OverlayLoading() {
  const t = useStrings()
  const isOutOfReach = useStore(partsOutOfReach) > 0
  useEffect(() => {
    if (isOutOfReach) showToast({ tone: 'danger', text: t('app.error.unreachable.opens') })
  }, [isOutOfReach, t])
  return null
}
