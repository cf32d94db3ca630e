import { pipe, tap } from 'wonka'
import { type Exchange, makeOperation, type Operation, type OperationResult } from 'urql'
import { whenServerAnswers } from '@/lib/server-watch'
import { reconnectDelay } from './backoff'

/** Asks what failed for want of a server again once it answers: a screen that still waits for it gets it without being touched. */
export const recovery: Exchange = ({ client, forward }) => (operations) => {
  const lost = new Map<number, { operation: Operation; times: number; isWaiting: boolean }>()

  function note({ operation, error }: OperationResult) {
    if (operation.kind !== 'query') return
    if (!error?.networkError) return void lost.delete(operation.key)
    const { times, isWaiting } = lost.get(operation.key) ?? { times: 0, isWaiting: false }
    lost.set(operation.key, { operation, times: times + 1, isWaiting: true })
    if (!isWaiting) void askAgain(operation.key, times)
  }
  async function askAgain(key: number, times: number) {
    // A server that answers, but not this, is given time.
    if (times > 0) await new Promise((resolve) => setTimeout(resolve, reconnectDelay(times)))
    await whenServerAnswers()
    const waiting = lost.get(key)
    if (!waiting) return
    lost.set(key, { ...waiting, isWaiting: false })
    const { operation } = waiting
    // The client leaves out what nobody waits for any more.
    client.reexecuteOperation(makeOperation('query', operation, { ...operation.context, requestPolicy: 'network-only' }))
  }

  return pipe(
    operations,
    tap(({ kind, key }) => {
      if (kind === 'teardown') lost.delete(key)
    }),
    forward,
    tap(note),
  )
}
