import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useRef, useState } from 'react'
import { expect, test } from 'vitest'
import type { SearchEntry } from './search-entry'
import { TypedSearch } from './TypedSearch'

function Search() {
  const [text, setText] = useState('')
  const [entry, setEntry] = useState<SearchEntry | null>(null)
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <TypedSearch label="Chercher" clearLabel="Effacer" text={text} onSearch={setText} onEntry={setEntry} inputRef={input} />
      <output>{text}</output>
      <em role="note">{entry}</em>
      <button type="button" onClick={() => setText('')}>
        Tout montrer
      </button>
    </>
  )
}

const field = () => screen.getByRole('searchbox')

test('a blank typed before a pause stays for the next word', async () => {
  render(<Search />)
  await userEvent.type(field(), 'Jean ')
  await screen.findByText('Jean')
  await userEvent.type(field(), 'Roux')
  await screen.findByText('Jean Roux')
  expect(field()).toHaveProperty('value', 'Jean Roux')
})

test('a search cleared by other means empties the field', async () => {
  render(<Search />)
  await userEvent.type(field(), 'Jean')
  await screen.findByText('Jean')
  await userEvent.click(screen.getByRole('button', { name: 'Tout montrer' }))
  expect(field()).toHaveProperty('value', '')
})

test('Enter searches at once and opens the first that is found', async () => {
  render(<Search />)
  await userEvent.type(field(), 'Jean{Enter}')
  expect(screen.getByRole('status').textContent).toBe('Jean')
  expect(screen.getByRole('note').textContent).toBe('open')
  await userEvent.type(field(), '-P')
  expect(screen.getByRole('note').textContent).toBe('')
})

test('Down goes on among what was found; Escape clears, and once more leaves the field', async () => {
  render(<Search />)
  await userEvent.type(field(), 'Jean{ArrowDown}')
  expect(screen.getByRole('note').textContent).toBe('walk')
  await userEvent.type(field(), 's{Escape}')
  expect(field()).toHaveProperty('value', '')
  expect(document.activeElement).toBe(field())
  expect(screen.getByRole('note').textContent).toBe('')
  await userEvent.keyboard('{Escape}')
  expect(document.activeElement).toBe(document.body)
  expect(screen.getByRole('note').textContent).toBe('walk')
})
