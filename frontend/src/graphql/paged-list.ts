import type { AnyVariables, Client, CombinedError, DocumentInput } from 'urql'
import { createStore, type Store } from '@/lib/store'

export interface ConnectionPage<Node> {
  nodes: Node[]
  pageInfo: { hasNextPage: boolean; endCursor?: string | null }
  totalCount?: number
}

export interface PagedListState<Node> {
  nodes: Node[]
  totalCount: number | null
  isLoading: boolean
  isLoadingMore: boolean
  hasMore: boolean
  error: CombinedError | null
}

export interface PagedList<Node> {
  state: Store<PagedListState<Node>>
  loadMore: () => void
  /** Reads what is shown again without emptying the screen. */
  refresh: () => void
}

export interface PagedQuery<Data, Variables extends AnyVariables, Node> {
  document: DocumentInput<Data, Variables>
  variables: Record<string, unknown>
  connectionOf: (data: Data) => ConnectionPage<Node> | null | undefined
  pageSize?: number
}

interface Page<Node> {
  after: string | null
  content: ConnectionPage<Node> | null
  stop: () => void
}

const RETRY_AFTER_MS = 5_000

/**
 * A list by keyset that grows page by page and stays true: every page follows the cache, and when one ends elsewhere
 * than before, the next is read again from the new end, so that nothing falls between two pages.
 * It lives while somebody follows its state.
 */
export function createPagedList<Data, Variables extends AnyVariables, Node extends { id: string }>(
  client: Client,
  { document, variables, connectionOf, pageSize = 50 }: PagedQuery<Data, Variables, Node>,
): PagedList<Node> {
  const state = createStore<PagedListState<Node>>({ nodes: [], totalCount: null, isLoading: true, isLoadingMore: false, hasMore: false, error: null })
  let pages: Page<Node>[] = []
  let followers = 0
  /** Runs after a further page failed: until then the list ends before it, so that a server in trouble is not stormed. */
  let retry: ReturnType<typeof setTimeout> | undefined

  function show(error: CombinedError | null = null) {
    const nodes = new Map<string, Node>()
    for (const page of pages) for (const node of page.content?.nodes ?? []) if (!nodes.has(node.id)) nodes.set(node.id, node)
    const last = pages.at(-1)
    state.set({
      nodes: [...nodes.values()],
      totalCount: pages[0]?.content?.totalCount ?? null,
      isLoading: !pages[0]?.content && !error,
      isLoadingMore: pages.length > 1 && last?.content === null && !error,
      hasMore: retry === undefined && (last?.content?.pageInfo.hasNextPage ?? false),
      error,
    })
  }

  function open(index: number, after: string | null, isFromServer: boolean) {
    const former = pages[index]
    former?.stop()
    // What was shown stays until the answer is there.
    const page: Page<Node> = { after, content: former?.content ?? null, stop: () => {} }
    pages[index] = page
    const asked = { ...variables, first: pageSize, after } as unknown as Variables
    const { unsubscribe } = client
      .query(document, asked, { requestPolicy: isFromServer ? 'network-only' : 'cache-and-network' })
      .subscribe((result) => {
        if (pages[index] !== page) return
        if (!result.data) return result.error && fail(index, result.error)
        page.content = connectionOf(result.data) ?? { nodes: [], pageInfo: { hasNextPage: false } }
        continueAfter(index, page.content)
        show(result.error ?? null)
      })
    page.stop = unsubscribe
  }

  function fail(index: number, error: CombinedError) {
    if (index > 0 && !pages[index]?.content) {
      for (const page of pages.splice(index)) page.stop()
      clearTimeout(retry)
      retry = setTimeout(() => {
        retry = undefined
        show()
      }, RETRY_AFTER_MS)
    }
    show(error)
  }

  function continueAfter(index: number, { pageInfo }: ConnectionPage<Node>) {
    const next = pages[index + 1]
    if (!next) return
    if (!pageInfo.hasNextPage) {
      for (const page of pages.splice(index + 1)) page.stop()
    } else if (next.after !== pageInfo.endCursor) open(index + 1, pageInfo.endCursor ?? null, true)
  }

  function loadMore() {
    const last = pages.at(-1)
    if (retry !== undefined || !last?.content?.pageInfo.hasNextPage) return
    open(pages.length, last.content.pageInfo.endCursor ?? null, false)
    show()
  }

  function leave() {
    clearTimeout(retry)
    retry = undefined
    for (const page of pages) page.stop()
    pages = []
  }

  return {
    state: {
      ...state,
      subscribe(listener) {
        const unsubscribe = state.subscribe(listener)
        followers += 1
        if (followers === 1) open(0, null, false)
        return () => {
          unsubscribe()
          followers -= 1
          if (followers === 0) leave()
        }
      },
    },
    loadMore,
    refresh: () => pages.forEach(({ after }, index) => open(index, after, true)),
  }
}
