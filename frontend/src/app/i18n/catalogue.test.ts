import { compileMessage } from '@lingui/message-utils/compileMessage'
import { describe, expect, test } from 'vitest'
import { messages as en } from './en'
import { messages as enScreens } from './en-screens'
import { messages as fr } from './fr'
import { messages as frScreens } from './fr-screens'

const english = { ...en, ...enScreens }
const french = { ...fr, ...frScreens }

/** The names between braces, such as {count}; what they are needed for may differ between languages. */
function placeholders(message: string): string[] {
  const names = [...message.matchAll(/\{(\w+)[,}]/g)].map((match) => match[1] ?? '')
  return [...new Set(names)].toSorted()
}

const keys = Object.keys(french) as (keyof typeof french)[]

describe('the catalogues', () => {
  test('hold the same keys in French and in English', () => {
    expect(Object.keys(english).toSorted()).toEqual(Object.keys(french).toSorted())
  })

  test.each(keys)('%s says something in both languages, with the same values', (key) => {
    expect(french[key].trim()).not.toBe('')
    expect(english[key].trim()).not.toBe('')
    expect(placeholders(english[key])).toEqual(placeholders(french[key]))
    expect(() => [compileMessage(french[key]), compileMessage(english[key])]).not.toThrow()
  })

  test('never let a line break before French punctuation', () => {
    const breaking = keys.filter((key) => / [:;?!»]|« /.test(french[key].replace(/\{[^}]*\{.*\}/, '')))
    expect(breaking).toEqual([])
  })

  test('spread no two features over one key', () => {
    const files = import.meta.glob<{ strings: Record<string, string> }>(['../../**/strings.fr.ts'], { eager: true })
    const all = Object.values(files).flatMap(({ strings }) => Object.keys(strings))
    expect(all.length).toBe(new Set(all).size)
    expect(all.length).toBe(keys.length)
  })

  test('hold no word that no screen uses', () => {
    const sources = import.meta.glob<string>(['../../**/*.{ts,tsx}', '!../../**/*.test.*', '!../../**/strings.*'], { eager: true, query: '?raw', import: 'default' })
    const code = Object.values(sources).join('\n')
    const patterns = keyPatterns(code)
    const isUsed = (key: string) => code.includes(`'${key}'`) || patterns.some((pattern) => pattern.test(key))
    // Words that any form may want, used yet or not.
    const common = ['app.save']
    expect(keys.filter((key) => !isUsed(key) && !common.includes(key))).toEqual([])
  })
})

/** `inbox.empty.${view}.text` stands for every key of that shape. */
function keyPatterns(code: string): RegExp[] {
  const templates = [...code.matchAll(/`([a-z][\w.]*\.\$\{[^`\s]*)`/g)].map((match) => match[1] ?? '')
  return templates.map((template) => new RegExp(`^${template.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '[^.]+')}$`))
}
