// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest'
import { createTypeAhead } from './type-ahead'

function type(letters: string, more: KeyboardEventInit = {}): void {
  for (const key of letters) (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }))
}

function field(): HTMLInputElement {
  return document.body.appendChild(document.createElement('input'))
}

afterEach(() => {
  document.dispatchEvent(new Event('pointerdown', { bubbles: true }))
  document.body.replaceChildren()
  vi.useRealTimers()
})

test('letters typed before the field has the focus are in it afterwards, and told', () => {
  const told = vi.fn<() => void>()
  createTypeAhead()()
  type('Ans')
  const opened = field()
  opened.addEventListener('input', told)
  opened.focus()
  expect(opened.value).toBe('Ans')
  expect(told).toHaveBeenCalledOnce()
})

test('only the first field gets them, once', () => {
  createTypeAhead()()
  type('A')
  field().focus()
  const second = field()
  second.focus()
  expect(second.value).toBe('')
})

test('the key that opens it, held down, is no letter, and no command meanwhile', () => {
  const heard = vi.fn<() => void>()
  document.body.addEventListener('keydown', heard)
  createTypeAhead()()
  type('nnn', { repeat: true })
  const opened = field()
  opened.focus()
  expect(opened.value).toBe('')
  expect(heard).not.toHaveBeenCalled()
  document.body.removeEventListener('keydown', heard)
})

test('Escape, a click, or a field that never comes give the keys back', () => {
  vi.useFakeTimers()
  const heard = vi.fn<() => void>()
  document.body.addEventListener('keydown', heard)
  const giveUps = [
    () => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })),
    () => document.body.dispatchEvent(new Event('pointerdown', { bubbles: true })),
    () => vi.advanceTimersByTime(5_000),
  ]
  for (const giveUp of giveUps) {
    createTypeAhead()()
    giveUp()
    heard.mockClear()
    type('j')
    expect(heard).toHaveBeenCalledOnce()
  }
})
