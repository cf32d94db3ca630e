import { createClient, type Client as SocketClient, type FormattedExecutionResult } from 'graphql-ws/client'
import { heardFromServer } from '@/lib/server-watch'
import { createStore, type Store } from '@/lib/store'
import { reconnectDelay } from './backoff'

export type ConnectionStatus = 'connecting' | 'live' | 'reconnecting' | 'catching_up' | 'offline'

const REVOKED = 4403
const PONG_WITHIN_MS = 5_000

interface Request {
  query: string
  variables?: Record<string, unknown>
}
interface Sink {
  next(result: FormattedExecutionResult): void
  error(error: unknown): void
  complete(): void
}
export interface Live {
  status: Store<ConnectionStatus>
  /** Opens a subscription that survives lost connections: it resumes after the last cursor it has seen. */
  subscribe(request: Request, sink: Sink): () => void
  dispose(): void
}
interface LiveOptions {
  url: string
  onRevoked: () => void
  socket?: SocketClient
}

/** The first root field of a live message; every one of them carries its cursor. */
function messageOf(result: FormattedExecutionResult): { __typename?: string; cursor?: string } | null {
  const first = Object.values(result.data ?? {})[0]
  return first && typeof first === 'object' ? first : null
}

function isRevoked(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === REVOKED
}

export function createLive({ url, onRevoked, socket }: LiveOptions): Live {
  const status = createStore<ConnectionStatus>('connecting')
  const catchingUp = new Set<symbol>()
  let attempt = 0
  let wasLive = false
  let disposed = false
  let retry: { promise: Promise<void>; now: () => void } | null = null

  const client = socket ?? openSocket(url)
  client.on('connected', () => {
    attempt = 0
    heardFromServer()
    showConnected()
  })
  client.on('closed', () => {
    catchingUp.clear()
    if (!disposed) status.set(navigator.onLine ? (wasLive ? 'reconnecting' : 'connecting') : 'offline')
  })
  const onOnline = () => retry?.now()
  // A short gap may leave the socket standing, deaf or not: only a new one, resumed by cursor, is sure to miss nothing.
  const onOffline = () => {
    client.terminate()
    status.set('offline')
  }
  addEventListener('online', onOnline)
  addEventListener('offline', onOffline)

  function showConnected() {
    if (catchingUp.size > 0) return status.set(wasLive ? 'catching_up' : 'connecting')
    wasLive = true
    status.set('live')
  }

  /** All subscriptions wait for the same moment, so that they share one new socket. */
  function nextAttempt(): Promise<void> {
    if (retry) return retry.promise
    let now = () => {}
    const promise = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, reconnectDelay(attempt))
      now = () => {
        clearTimeout(timer)
        resolve()
      }
    }).then(() => {
      retry = null
      if (status.get() === 'offline' && navigator.onLine) status.set('reconnecting')
    })
    retry = { promise, now }
    attempt += 1
    return promise
  }

  function subscribe(request: Request, sink: Sink): () => void {
    const me = Symbol('subscription')
    let cursor = request.variables?.after as string | null | undefined
    let stopped = false
    let stop = () => {}

    function receive(result: FormattedExecutionResult) {
      const message = messageOf(result)
      if (message?.cursor) cursor = message.cursor
      if (message?.__typename === 'CaughtUp') settle()
      sink.next(result)
    }
    function settle() {
      if (catchingUp.delete(me)) showConnected()
    }
    function open() {
      if (stopped || disposed) return
      if (cursor) catchingUp.add(me)
      stop = client.subscribe(
        { query: request.query, variables: { ...request.variables, after: cursor } },
        { next: receive, error: reopen, complete: () => reopen(null) },
      )
    }
    function reopen(reason: unknown) {
      if (stopped || disposed) return
      if (Array.isArray(reason)) {
        // The server answered with GraphQL errors: asking again would get the same answer.
        settle()
        return sink.error(reason)
      }
      if (isRevoked(reason)) {
        onRevoked()
        return sink.complete()
      }
      void nextAttempt().then(open)
    }
    open()
    return () => {
      stopped = true
      settle()
      stop()
    }
  }

  function dispose() {
    disposed = true
    removeEventListener('online', onOnline)
    removeEventListener('offline', onOffline)
    // Signing out, the server may have closed the socket before us.
    void Promise.resolve(client.dispose()).catch(() => {})
  }

  return { status, subscribe, dispose }
}

function openSocket(url: string): SocketClient {
  let socket: WebSocket | undefined
  let pongTimer: ReturnType<typeof setTimeout> | undefined
  return createClient({
    url,
    lazy: true,
    lazyCloseTimeout: 3_000,
    // Resuming needs the newest cursor, which only our own loop knows.
    retryAttempts: 0,
    keepAlive: 12_000,
    on: {
      opened: (opened) => {
        socket = opened as WebSocket
      },
      ping: (received) => {
        // A dead zone keeps a socket "open": no pong in time means it is gone.
        if (!received) pongTimer = setTimeout(() => socket?.close(4408, 'No pong'), PONG_WITHIN_MS)
      },
      pong: (received) => {
        if (received) clearTimeout(pongTimer)
      },
    },
  })
}
