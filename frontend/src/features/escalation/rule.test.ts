import { compileMessage } from '@lingui/message-utils/compileMessage'
import { setupI18n } from '@lingui/core'
import { describe, expect, test } from 'vitest'
import type { Translate } from '@/app/i18n/use-strings'
import { delayWords, joinDelay, splitDelay } from './delay'
import { NEW_RULE, ruleInput, suggestedName } from './rule-form'
import { strings as english } from './strings.en'
import { strings as french } from './strings.fr'

function speaking(locale: string, strings: Record<string, string>): Translate {
  const messages = Object.fromEntries(Object.entries(strings).map(([key, text]) => [key, compileMessage(text)]))
  const i18n = setupI18n({ locale, messages: { [locale]: messages } })
  return (key, values) => i18n._(key, values)
}
const fr = speaking('fr', french)
const en = speaking('en', english)

describe('a delay', () => {
  test.each([
    [30, 30, 'minutes'],
    [240, 4, 'hours'],
    [1440, 1, 'days'],
    [2880, 2, 'days'],
    [90, 90, 'minutes'],
  ] as const)('of %i minutes is %i %s, and back', (minutes, amount, unit) => {
    expect(splitDelay(minutes)).toEqual({ amount, unit })
    expect(joinDelay({ amount, unit })).toBe(minutes)
  })

  test('is said as people say it, in both languages', () => {
    expect(delayWords(240, fr)).toBe('4 h')
    expect(delayWords(1440, fr)).toBe('1 jour')
    expect(delayWords(4320, en)).toBe('3 days')
    expect(delayWords(90, fr)).toBe('1 h 30')
    expect(delayWords(65, en)).toBe('1 h 05')
    expect(delayWords(20, en)).toBe('20 min')
  })
})

describe('a rule for the server', () => {
  test('names a team or a person, never both', () => {
    expect(ruleInput({ ...NEW_RULE, recipientId: 'tea_3' })).toMatchObject({ recipientTeamId: 'tea_3', recipientUserId: null })
    expect(ruleInput({ ...NEW_RULE, recipientId: 'usr_3' })).toMatchObject({ recipientTeamId: null, recipientUserId: 'usr_3' })
  })
  test('carries no field that the server does not know', () => {
    expect(Object.keys(ruleInput(NEW_RULE)).toSorted()).toEqual(['delayMinutes', 'isActive', 'name', 'recipientTeamId', 'recipientUserId', 'segment', 'surveyId'])
  })
})

test('a rule without a name is called by where and how long', () => {
  expect(suggestedName({ survey: 'Après livraison', segment: null, delay: '4 h' })).toBe('Après livraison, 4 h')
  expect(suggestedName({ survey: null, segment: 'Paris', delay: '2 jours' })).toBe('Paris, 2 jours')
})
