import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { TypedSearch } from './TypedSearch'

function Search() {
  const [text, setText] = useState('')
  return (
    <>
      <TypedSearch label="Chercher" clearLabel="Effacer" text={text} onSearch={setText} />
      <output>{text}</output>
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
