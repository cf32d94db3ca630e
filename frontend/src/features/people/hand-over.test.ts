import { expect, test } from 'vitest'
import type { Outcome, UserError } from '@/graphql/user-errors'
import { handOverReasons } from './hand-over'

const refused = (...errors: UserError[]): Outcome<unknown> => ({ ok: false, payload: null, errors, unreachable: false })
const held: UserError = { code: 'REASSIGN_REQUIRED', field: ['reassignTo'], message: 'Tickets ouverts : 3.' }
const named: UserError = { code: 'NOT_ALLOWED_NOW', field: ['id'], message: 'La règle « Quatre heures » envoie des tickets à Inès.' }

test('all that is in the way is said where somebody can take over', () => {
  expect(handOverReasons(refused(held, named))).toEqual([held.message, named.message])
})

test('a successor who cannot work is asked for again', () => {
  expect(handOverReasons(refused({ code: 'INVALID', field: ['reassignTo'], message: 'Choisissez quelqu’un d’autre.' }))).toHaveLength(1)
})

test('nobody is asked for where naming somebody does not help', () => {
  expect(handOverReasons(refused(named))).toBeNull()
  expect(handOverReasons({ ok: true, payload: {} })).toBeNull()
})
