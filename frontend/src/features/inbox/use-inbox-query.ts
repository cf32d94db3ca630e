import { useCallback, useEffect, useMemo } from 'react'
import { useLocation, useNavigate, useSearchParams } from 'react-router'
import { useViewer } from '@/features/session/viewer'
import { readStored, writeStored } from '@/lib/storage'
import { type InboxQuery, type Layout, LAYOUTS, readInboxQuery, writeInboxQuery } from './inbox-query'

/** The inbox's query as the address has it; without one, the last one this person used here. */
export function useInboxQuery(): { query: InboxQuery; change: (change: Partial<InboxQuery>) => void } {
  const viewer = useViewer()
  const { pathname } = useLocation()
  const [params, setParams] = useSearchParams()
  const isInbox = pathname.startsWith('/inbox')
  const remembered = isInbox && params.has('view') ? null : readStored(rememberedAs(viewer.id))
  const source = remembered ?? params.toString()
  const query = useMemo(() => readInboxQuery(new URLSearchParams(source)), [source])
  function change(changed: Partial<InboxQuery>) {
    const next = writeInboxQuery({ ...query, ...changed })
    const layout = params.get('as')
    if (layout) next.set('as', layout)
    setParams(next, { replace: true })
  }
  return { query, change }
}

/** The next visit without an address begins here. */
export function useRememberedQuery(query: InboxQuery): void {
  const viewer = useViewer()
  const written = writeInboxQuery(query).toString()
  useEffect(() => writeStored(rememberedAs(viewer.id), written), [viewer.id, written])
}

function rememberedAs(userId: string): string {
  return `inbox.${userId}`
}

/** List, feed or kanban: in the address for a link, remembered for the next visit. */
export function useLayoutChoice(): { layout: Layout; choose: (layout: Layout) => void } {
  const viewer = useViewer()
  const [params, setParams] = useSearchParams()
  const named = params.get('as') as Layout
  const stored = readStored(`layout.${viewer.id}`) as Layout
  const layout = [named, stored].find((each) => LAYOUTS.includes(each)) ?? 'list'
  function choose(next: Layout) {
    writeStored(`layout.${viewer.id}`, next)
    setParams(
      (current) => {
        current.set('as', next)
        return current
      },
      { replace: true },
    )
  }
  return { layout, choose }
}

/** Opens a ticket beside the list, or closes it, keeping the query in the address. */
export function useOpenTicket(): (key: string | null) => void {
  const navigate = useNavigate()
  const { pathname, search } = useLocation()
  // Walking from ticket to ticket is one step of the history, so that Back leads to the list.
  const isOpen = pathname !== '/inbox'
  return useCallback(
    (key) => void navigate({ pathname: key ? `/inbox/${key}` : '/inbox', search }, { replace: isOpen && key !== null }),
    [navigate, search, isOpen],
  )
}
