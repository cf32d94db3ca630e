import type { Client, CombinedError, OperationResult } from 'urql'
import type { TicketFilter, TicketOrder } from '@/graphql/generated/schema'
import { createStore, type Store } from '@/lib/store'
import type { FeedMessage } from '@/features/tickets/feed-context'
import { TicketFeedDocument } from '@/features/tickets/ticket.generated'
import { InboxPageDocument, type InboxPageQuery, type InboxPageQueryVariables } from './inbox.generated'
import { mergeRows, type Row } from './merge-rows'
import { ticketComparator } from './ticket-order'

const PAGE_SIZE = 100
const FIRST_PAGE_SIZE = 50

export interface TicketListState {
  rows: Row[]
  /** Rows that came in live, for their one glow. */
  fresh: ReadonlySet<string>
  isLoading: boolean
  isLoadingMore: boolean
  hasMore: boolean
  error: CombinedError | null
}

export interface TicketList {
  state: Store<TicketListState>
  compare: (a: Row, b: Row) => number
  loadMore: () => void
  /** Reads the snapshot again without emptying the screen. */
  refresh: () => void
}

interface Options {
  filter: TicketFilter
  orderBy: TicketOrder
}

interface Page {
  result: InboxPageQuery
  stop: () => void
}

const EMPTY: TicketListState = { rows: [], fresh: new Set(), isLoading: true, isLoadingMore: false, hasMore: false, error: null }

/**
 * One filtered, ordered, live list of tickets: pages as a snapshot, then the feed from the snapshot's cursor on.
 * Pages stay subscribed to the cache, so that edits show in their rows at once.
 * It lives while somebody follows its state.
 */
export function createTicketList(client: Client, { filter, orderBy }: Options): TicketList {
  const state = createStore<TicketListState>(EMPTY)
  let followers = 0
  const compare = ticketComparator(orderBy)
  let pages: Page[] = []
  let arrived = new Map<string, Row>()
  let left = new Set<string>()
  let fresh = new Set<string>()
  /** Messages heard while a new snapshot is on its way: they may be newer than it. */
  let sinceAsked: FeedMessage[] | null = null
  let stopFeed: (() => void) | null = null
  /** Counts the starts, so that an answer to an earlier one is dropped. */
  let run = 0

  function show(change: Partial<TicketListState> = {}) {
    const hasMore = pages.at(-1)?.result.tickets.pageInfo.hasNextPage ?? false
    const rows = mergeRows({ pages: pages.map(({ result }) => result.tickets.nodes), hasMore, arrived, left }, compare)
    state.set({ ...state.get(), rows, hasMore, fresh, ...change })
  }

  /** Reads a page, then follows it in the cache for as long as it is listed. */
  function readPage(after: string | null, size: number, isFromServer: boolean): Promise<Page | CombinedError> {
    const variables: InboxPageQueryVariables = { first: size, after, filter, orderBy }
    return new Promise((resolve) => {
      let page: Page | null = null
      const requestPolicy = isFromServer ? 'network-only' : 'cache-and-network'
      const { unsubscribe } = client.query(InboxPageDocument, variables, { requestPolicy }).subscribe((result: OperationResult<InboxPageQuery>) => {
        if (result.data && page) {
          page.result = result.data
          if (pages.includes(page)) show()
        } else if (result.data && !result.stale) {
          page = { result: result.data, stop: () => unsubscribe() }
          resolve(page)
        } else if (result.error) resolve(result.error)
      })
    })
  }

  function apply(message: FeedMessage) {
    sinceAsked?.push(message)
    if (message.__typename === 'TicketChanged') {
      const { ticket } = message
      if (!knows(ticket.id) || left.has(ticket.id)) fresh = new Set([...fresh, ticket.id])
      left.delete(ticket.id)
      arrived.set(ticket.id, ticket)
      return show()
    }
    if (message.__typename === 'TicketLeft') {
      arrived.delete(message.id)
      left.add(message.id)
      return show()
    }
    if (message.__typename === 'ResyncRequired') void read({ isFromServer: true })
  }

  function knows(id: string): boolean {
    return arrived.has(id) || pages.some(({ result }) => result.tickets.nodes.some((row) => row.id === id))
  }

  async function read({ isFromServer }: { isFromServer: boolean }) {
    sinceAsked = []
    const started = run
    const page = await readPage(null, FIRST_PAGE_SIZE, isFromServer)
    if (started !== run) return 'stop' in page && page.stop()
    const missed = sinceAsked ?? []
    sinceAsked = null
    if (!('stop' in page)) return state.set({ ...state.get(), isLoading: false, error: page })
    for (const { stop } of pages) stop()
    pages = [page]
    arrived = new Map()
    left = new Set()
    for (const message of missed) if (message.__typename !== 'ResyncRequired') apply(message)
    show({ isLoading: false, error: null })
    follow(page.result.liveCursor)
  }

  function follow(cursor: string) {
    if (stopFeed) return
    const { unsubscribe } = client.subscription(TicketFeedDocument, { filter, after: cursor }).subscribe(({ data }) => {
      if (data) apply(data.feed)
    })
    stopFeed = unsubscribe
  }

  async function readMore() {
    const after = pages.at(-1)?.result.tickets.pageInfo.endCursor
    if (!after || !state.get().hasMore || state.get().isLoadingMore) return
    state.set({ ...state.get(), isLoadingMore: true })
    const last = pages.at(-1)
    const page = await readPage(after, PAGE_SIZE, true)
    // A new snapshot replaced the pages meanwhile: this one continues nothing.
    if (last !== pages.at(-1)) return 'stop' in page && page.stop()
    if (!('stop' in page)) return state.set({ ...state.get(), isLoadingMore: false })
    pages = [...pages, page]
    for (const row of page.result.tickets.nodes) left.delete(row.id)
    show({ isLoadingMore: false })
  }

  function start() {
    void read({ isFromServer: false })
  }
  function leave() {
    run += 1
    stopFeed?.()
    stopFeed = null
    for (const page of pages) page.stop()
    pages = []
  }

  return {
    state: {
      ...state,
      subscribe(listener) {
        const unsubscribe = state.subscribe(listener)
        followers += 1
        if (followers === 1) start()
        return () => {
          unsubscribe()
          followers -= 1
          if (followers === 0) leave()
        }
      },
    },
    compare,
    loadMore: () => void readMore(),
    refresh: () => void read({ isFromServer: true }),
  }
}
