// @vitest-environment jsdom
import { describe, expect, test } from 'vitest'
import type { Command } from './command'
import { keyCaps, keyName } from './keys'
import { createCommandRegistry } from './registry'

const press = (key: string, more: KeyboardEventInit = {}) => keyName(new KeyboardEvent('keydown', { key, ...more }))

describe('a pressed key', () => {
  test('has the name that commands are written with', () => {
    expect(press('j')).toBe('j')
    expect(press('K', { shiftKey: true })).toBe('shift+k')
    expect(press('k', { ctrlKey: true })).toBe('mod+k')
    expect(press('k', { metaKey: true })).toBe('mod+k')
    expect(press('?', { shiftKey: true })).toBe('?')
  })

  test('is told by its sign where a French keyboard needs AltGr, or Option on a Mac', () => {
    expect(press('[', { ctrlKey: true, altKey: true, modifierAltGraph: true })).toBe('[')
    expect(press('[', { altKey: true })).toBe('[')
    expect(press('k', { altKey: true })).toBe('alt+k')
  })

  test('is shown as caps', () => {
    expect(keyCaps('g i')).toEqual(['G', 'I'])
    expect(keyCaps('mod+Enter')).toEqual(['Ctrl', '↵'])
  })
})

function setUp(...commands: (Partial<Command> & { id: string })[]) {
  let clock = 0
  const done: string[] = []
  const registry = createCommandRegistry(() => clock)
  registry.add({ current: commands.map((command) => ({ label: 'app.close', group: 'app.views', run: () => done.push(command.id), ...command })) })
  const type = (key: string, more: KeyboardEventInit & { target?: Element } = {}) => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })
    const target = more.target ?? document.body
    target.addEventListener('keydown', (each) => registry.handleKey(each as KeyboardEvent), { once: true })
    target.dispatchEvent(event)
  }
  return { registry, done, type, wait: (ms: number) => (clock += ms) }
}

describe('commands', () => {
  test('run by their key, and by two keys one after the other', () => {
    const { done, type } = setUp({ id: 'next', keys: ['j'] }, { id: 'go', keys: ['g i'] })
    type('j')
    type('g')
    type('i')
    expect(done).toEqual(['next', 'go'])
  })

  test('forget a first key after a while', () => {
    const { done, type, wait } = setUp({ id: 'go', keys: ['g i'] })
    type('g')
    wait(2_000)
    type('i')
    expect(done).toEqual([])
  })

  test('leave letters to the field that is typed in, but keep those with Ctrl', () => {
    const { done, type } = setUp({ id: 'next', keys: ['j'] }, { id: 'palette', keys: ['mod+k'] })
    const field = document.body.appendChild(document.createElement('input'))
    type('j', { target: field })
    type('k', { target: field, ctrlKey: true })
    expect(done).toEqual(['palette'])
  })

  test('leave undoing to the field that is typed in', () => {
    const { done, type } = setUp({ id: 'undo', keys: ['mod+z'], isLeftToFields: true })
    const field = document.body.appendChild(document.createElement('input'))
    type('z', { target: field, ctrlKey: true })
    expect(done).toEqual([])
    type('z', { ctrlKey: true })
    expect(done).toEqual(['undo'])
  })

  test('do nothing while disabled, and are not listed', () => {
    const { registry, done, type } = setUp({ id: 'take', keys: ['t'], isEnabled: false })
    type('t')
    expect(done).toEqual([])
    expect(registry.list()).toEqual([])
  })

  test('of the screen opened last win over those below', () => {
    const { registry, done, type } = setUp({ id: 'below', keys: ['Escape'] })
    const leave = registry.add({ current: [{ id: 'above', label: 'app.close', group: 'app.views', keys: ['Escape'], run: () => done.push('above') }] })
    type('Escape')
    leave()
    type('Escape')
    expect(done).toEqual(['above', 'below'])
  })
})
