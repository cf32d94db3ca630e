// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { activateLocale, i18n } from '@/app/i18n/i18n'
import type { Translate } from '@/app/i18n/use-strings'
import { refusalText } from './refusal-text'
import type { UserError } from './user-errors'

const t: Translate = (id, values) => i18n._({ id, values })
const loaded: UserError = { code: 'REASSIGN_REQUIRED', message: 'Tickets ouverts\u00A0: 14. Choisissez qui les reprend.' }

test('the server explains itself in the language of the viewer', () => {
  expect(refusalText(loaded, t)).toBe('Tickets ouverts\u00A0: 14. Choisissez qui les reprend.')
})

test('the words of the screen come first where it has some', () => {
  expect(refusalText(loaded, t, () => 'Confiez d’abord ses 14 tickets.')).toBe('Confiez d’abord ses 14 tickets.')
  expect(refusalText(loaded, t, () => null)).toBe(loaded.message)
})

test('where no answer came, the screen says so itself', async () => {
  await activateLocale('fr')
  expect(refusalText(undefined, t)).toBe('Le serveur ne peut pas répondre pour l’instant. Réessayez.')
  await activateLocale('en')
  expect(refusalText(undefined, t)).toBe('The server cannot answer just now. Try again.')
})
