import { CombinedError } from 'urql'
import { expect, test } from 'vitest'
import { errorsByField, outcomeOf } from './user-errors'

const conflict = { field: ['input', 'email'], message: 'Déjà prise.', code: 'TAKEN' as const }

test('a payload without errors is a success', () => {
  expect(outcomeOf({ data: { ticketTake: { ticket: { id: 'tkt_1' }, userErrors: [] } } })).toEqual({ ok: true, payload: { ticket: { id: 'tkt_1' }, userErrors: [] } })
})

test('a refusal keeps its payload, which holds the current object of a conflict', () => {
  const outcome = outcomeOf({ data: { __typename: 'Mutation', ticketTake: { ticket: { id: 'tkt_1' }, userErrors: [conflict] } } })
  expect(outcome).toMatchObject({ ok: false, errors: [conflict], unreachable: false, payload: { ticket: { id: 'tkt_1' } } })
})

test('no answer is told apart from a refusal', () => {
  expect(outcomeOf({ error: new CombinedError({ networkError: new Error('gone') }) })).toMatchObject({ ok: false, unreachable: true, errors: [] })
  expect(outcomeOf({ error: new CombinedError({ graphQLErrors: ['No right'] }) })).toMatchObject({ ok: false, unreachable: false, errors: [{ message: 'No right' }] })
})

test('a missing right is a refusal, wherever the server says it', () => {
  const noRight = new CombinedError({ graphQLErrors: [{ message: 'This needs the right', extensions: { code: 'FORBIDDEN' } }] })
  expect(outcomeOf({ error: noRight })).toMatchObject({ ok: false, errors: [{ code: 'FORBIDDEN' }] })
})

test('refusals are found by the field they belong to, the first one first', () => {
  const general = { field: null, message: 'Trop tôt.', code: 'NOT_ALLOWED_NOW' as const }
  expect(errorsByField([conflict, { ...conflict, message: 'Trop longue.' }, general])).toEqual({ email: 'Déjà prise.', '': 'Trop tôt.' })
})
