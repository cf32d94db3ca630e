import { cacheExchange } from '@urql/exchange-graphcache'
import { Client, createRequest, type Exchange, makeResult, type Operation, type OperationResult } from 'urql'
import { filter, makeSubject, merge, pipe, subscribe, tap } from 'wonka'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { RuleCreateDocument, RuleListDocument } from '@/features/escalation/escalation.generated'
import { cacheOptions } from './cache'
import { hiddenAnswers } from './hidden-answers'
import { createPagedList } from './paged-list'

const UPDATES = 'subscription { updates { __typename ... on NodeChanged { node { __typename id ... on EscalationRule { name } } } } }'
const CHANGE = { updates: { __typename: 'NodeChanged', node: { __typename: 'EscalationRule', id: 'esc_2', name: 'New' } } }

const rule = (id: string) => ({
  __typename: 'EscalationRule', id, name: id, segment: null, delayMinutes: 1, isActive: true, firedCount: 0, createdAt: '', version: 1,
  survey: null, recipientUser: null, recipientTeam: null,
})
const rules = (...ids: string[]) => ({
  escalationRules: { __typename: 'EscalationRuleConnection', nodes: ids.map(rule), pageInfo: { __typename: 'PageInfo', hasNextPage: false, endCursor: null } },
})

/** A client whose server answers when the test says so; `asked` are the operations that went to it. */
function server() {
  const asked: Operation[] = []
  const { source, next } = makeSubject<OperationResult>()
  const network: Exchange = () => (operations) => merge([pipe(operations, tap((operation) => void asked.push(operation)), filter(() => false)) as never, source])
  const client = new Client({ url: '/graphql', preferGetMethod: false, exchanges: [hiddenAnswers, cacheExchange(cacheOptions), network] })
  const last = (isWanted: (operation: Operation) => boolean) => asked.findLast(isWanted)!
  const answer = async (operation: Operation, data: unknown) => {
    next(makeResult(operation, { data } as never))
    await vi.advanceTimersByTimeAsync(0)
  }
  return { client, asked, last, answer }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A list that was asked for again because of a write, and what makes it old while its answer is on its way. */
async function listOnItsWay() {
  const { client, asked, last, answer } = server()
  client.subscription(UPDATES, {}).subscribe(() => {})
  const list = createPagedList(client, { document: RuleListDocument, variables: {}, connectionOf: (data) => data.escalationRules })
  list.state.subscribe(() => {})
  const question = last(({ kind }) => kind === 'query')
  const isOfList = ({ key }: Operation) => key === question.key
  await answer(question, rules('esc_1'))
  client.mutation(RuleCreateDocument, { input: { name: 'New', delayMinutes: 1 } }).subscribe(() => {})
  await answer(last(({ kind }) => kind === 'mutation'), { escalationRuleCreate: { __typename: 'EscalationRulePayload', rule: rule('esc_2'), userErrors: [] } })
  return {
    ids: () => list.state.get().nodes.map(({ id }) => id),
    asked: () => asked.filter(isOfList).length,
    reply: (...ids: string[]) => answer(last(isOfList), rules(...ids)),
    async hide(segment: string) {
      client.query(`{ segments(of: "${segment}") }`, {}).subscribe(() => {})
      await answer(last(({ kind }) => kind === 'query'), { segments: [] })
      await answer(last(({ kind }) => kind === 'subscription'), CHANGE)
    },
  }
}

test('a list that changes while it is on its way is asked for again, and shown', async () => {
  const { ids, asked, reply, hide } = await listOnItsWay()
  await hide('one')
  expect(asked()).toBe(2)
  await reply('esc_1', 'esc_2')
  expect(asked()).toBe(3)
  expect(ids()).toEqual(['esc_1'])
  await reply('esc_1', 'esc_2')
  expect(ids()).toEqual(['esc_1', 'esc_2'])
  expect(asked()).toBe(3)
})

test('a list that nothing makes old is asked for once', async () => {
  const { ids, asked, reply } = await listOnItsWay()
  await reply('esc_1', 'esc_2')
  expect(ids()).toEqual(['esc_1', 'esc_2'])
  expect(asked()).toBe(2)
})

test('an answer that can never be given out is given up after three times', () => {
  const reexecuteOperation = vi.fn<(operation: Operation) => void>()
  const { source, next } = makeSubject<OperationResult>()
  const heard: OperationResult[] = []
  const exchange = hiddenAnswers({ client: { reexecuteOperation }, forward: () => source, dispatchDebug: () => {} } as never)
  pipe(exchange(source as never), subscribe((result) => void heard.push(result)))
  const question = new Client({ url: '/graphql', preferGetMethod: false, exchanges: [] }).createRequestOperation('query', createRequest('{ segments }', {}))
  for (let time = 0; time < 5; time += 1) next(makeResult(question, { data: null }))
  expect(reexecuteOperation).toHaveBeenCalledTimes(3)
  expect(reexecuteOperation.mock.lastCall?.[0]).toMatchObject({ key: question.key, context: { requestPolicy: 'network-only' } })
  expect(heard).toHaveLength(2)
})
