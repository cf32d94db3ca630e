import { CombinedError, type Client } from 'urql'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createPagedList } from './paged-list'

interface Answer {
  data?: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } }
  error?: CombinedError
}

const page = (id: string, hasNextPage: boolean): Answer => ({ data: { nodes: [{ id }], pageInfo: { hasNextPage, endCursor: id } } })
const broken: Answer = { error: new CombinedError({ networkError: new Error('gone') }) }

/** A list whose server gives these answers, one after the other; `asked` are the cursors it was asked with. */
function listOf(...answers: Answer[]) {
  const asked: unknown[] = []
  const query = (_: unknown, { after }: { after: unknown }) => {
    asked.push(after)
    const answer = answers.shift()
    return {
      subscribe(listen: (answer: Answer | undefined) => void) {
        void Promise.resolve().then(() => listen(answer))
        return { unsubscribe: () => {} }
      },
    }
  }
  const list = createPagedList({ query } as unknown as Client, { document: 'query', variables: {}, connectionOf: (data: Answer['data']) => data })
  const stop = list.state.subscribe(() => {})
  const ids = () => list.state.get().nodes.map(({ id }) => id)
  return { list, asked, ids, stop }
}

const settle = () => vi.advanceTimersByTimeAsync(0)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a list grows page by page', async () => {
  const { list, asked, ids } = listOf(page('one', true), page('two', false))
  await settle()
  list.loadMore()
  expect(list.state.get()).toMatchObject({ isLoadingMore: true })
  await settle()
  expect(ids()).toEqual(['one', 'two'])
  expect(asked).toEqual([null, 'one'])
  expect(list.state.get()).toMatchObject({ hasMore: false, isLoadingMore: false })
})

test('a page that failed is asked for again, but not at once', async () => {
  const { list, asked, ids } = listOf(page('one', true), broken, page('two', false))
  await settle()
  list.loadMore()
  await settle()
  expect(list.state.get()).toMatchObject({ hasMore: false, isLoadingMore: false })
  list.loadMore()
  expect(asked).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(6_000)
  expect(list.state.get()).toMatchObject({ hasMore: true, error: null })
  list.loadMore()
  await settle()
  expect(ids()).toEqual(['one', 'two'])
})

test('a first page that failed shows why, until it is asked for anew', async () => {
  const { list, ids } = listOf(broken, page('one', false))
  await settle()
  expect(list.state.get().error).not.toBeNull()
  list.refresh()
  await settle()
  expect(ids()).toEqual(['one'])
  expect(list.state.get().error).toBeNull()
})
