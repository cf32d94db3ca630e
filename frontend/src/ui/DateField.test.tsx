import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { I18nProvider } from 'react-aria-components'
import { expect, test } from 'vitest'
import { DateField } from './DateField'

function Field({ locale = 'fr-FR', first = '', withTime = false }) {
  const [value, setValue] = useState(first)
  return (
    <I18nProvider locale={locale}>
      <DateField label="Reçu le" clearLabel="Effacer la date" withTime={withTime} value={value} onChange={setValue} />
      <output>{value}</output>
    </I18nProvider>
  )
}

const shown = () => screen.getAllByRole('spinbutton').map((segment) => segment.textContent).join(' ')
const value = () => screen.getByRole('status').textContent

test('a date is written in the order of the language of the screen, not of the browser', async () => {
  render(<Field />)
  await userEvent.click(screen.getAllByRole('spinbutton')[0] as HTMLElement)
  await userEvent.keyboard('03112026')
  expect(value()).toBe('2026-11-03')
  expect(shown()).toBe('03 11 2026')
})

test('a moment keeps its time to the minute', async () => {
  render(<Field first="2026-11-20T14:05" withTime />)
  expect(shown()).toBe('20 11 2026 14 05')
  await userEvent.click(screen.getAllByRole('spinbutton')[3] as HTMLElement)
  await userEvent.keyboard('09')
  expect(value()).toBe('2026-11-20T09:05')
})

test('the field is emptied by its button', async () => {
  render(<Field first="2026-11-20" />)
  await userEvent.click(screen.getByRole('button', { name: 'Effacer la date' }))
  expect(value()).toBe('')
})
