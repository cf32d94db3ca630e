import { filter, pipe } from 'wonka'
import { type Exchange, makeOperation, type OperationResult } from 'urql'

/** How often in a row: an answer that never fits the cache must not storm the server. */
const MOST_TIMES = 3

/**
 * Asks again for an answer that the cache took and could not give out.
 *
 * A live message that makes something old while an answer is on its way lies above that answer in Graphcache where
 * another answer came in between: what the answer holds stays old, and the screen would get nothing, and no second try.
 * Asked again, the question lies on top.
 */
export const hiddenAnswers: Exchange = ({ client, forward }) => (operations) => {
  const times = new Map<number, number>()

  function isShown(result: OperationResult): boolean {
    const { operation } = result
    if (!isHidden(result)) {
      times.delete(operation.key)
      return true
    }
    const time = (times.get(operation.key) ?? 0) + 1
    times.set(operation.key, time)
    if (time > MOST_TIMES) return true
    client.reexecuteOperation(makeOperation('query', operation, { ...operation.context, requestPolicy: 'network-only' }))
    return false
  }

  return pipe(forward(operations), filter(isShown))
}

function isHidden({ operation, data, error, stale }: OperationResult): boolean {
  return operation.kind === 'query' && operation.context.requestPolicy !== 'cache-only' && !data && !error && !stale
}
