// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { activateLocale, i18n } from '@/app/i18n/i18n'
import type { Translate } from '@/app/i18n/use-strings'
import { refusalText } from './refusal-text'
import type { UserError } from './user-errors'

const t: Translate = (id, values) => i18n._({ id, values })
const loaded: UserError = { code: 'REASSIGN_REQUIRED', message: 'Inès Bouchard holds 14 open tickets.' }
const away: UserError = { code: 'NOT_FOUND', message: 'There is no ticket T-9, or you may not see it.' }

test('names and numbers that only the server knows follow as its own words', async () => {
  await activateLocale('fr')
  expect(refusalText(loaded, t)).toBe('Des tickets ouverts doivent d’abord changer de responsable.\nLe serveur précise\u00A0: Inès Bouchard holds 14 open tickets.')
  await activateLocale('en')
  expect(refusalText(loaded, t)).toBe('Open tickets need another assignee first.\nInès Bouchard holds 14 open tickets.')
})

test('the words of the screen are enough where they say it all', async () => {
  await activateLocale('fr')
  expect(refusalText(away, t)).toBe('Cet élément n’existe plus, ou vous n’y avez plus accès. Revenez à la liste.')
  expect(refusalText(loaded, t, () => 'Confiez d’abord ses 14 tickets.')).toBe('Confiez d’abord ses 14 tickets.')
})
