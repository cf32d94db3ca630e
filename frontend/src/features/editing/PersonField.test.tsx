import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { Client } from 'urql'
import { beforeAll, expect, test } from 'vitest'
import { makeSubject, map, mergeMap, pipe } from 'wonka'
import { activateLocale } from '@/app/i18n/i18n'
import { show } from '@/testing/fake-server'
import { PeopleField, PersonField } from './PersonField'

const person = (id: string, name: string) => ({ id, name, initials: 'XX', permissions: ['TICKETS_WORK'], userType: { id: 'utp_1', key: 'standard', name: 'Standard' }, currentAbsence: null })
const PEOPLE = { users: { nodes: [person('usr_2', 'Inès Bouchard'), person('usr_3', 'Julien Morvan')] }, teams: { nodes: [] } }

/** A server whose answer comes when the test says so. */
function slowServer() {
  const arrival = makeSubject<typeof PEOPLE>()
  const client = new Client({
    url: '/graphql',
    preferGetMethod: false,
    exchanges: [() => (operations) => pipe(operations, mergeMap((operation) => pipe(arrival.source, map((data) => ({ operation, data, stale: false, hasNext: false })))))],
  })
  return { client, arrive: () => act(() => arrival.next(PEOPLE)) }
}

function Several() {
  const [chosen, setChosen] = useState<readonly string[]>([])
  return (
    <>
      <PeopleField label="Membres" chosen={chosen} onChange={setChosen} />
      <output>{chosen.join(' ')}</output>
    </>
  )
}

async function choose(name: string) {
  await userEvent.type(screen.getByRole('combobox'), name)
  await userEvent.click(screen.getByRole('option', { name: new RegExp(name) }))
}

beforeAll(() => activateLocale('fr'))

test('what is typed before the people are known stays, and finds them', async () => {
  const { client, arrive } = slowServer()
  show(client, <PersonField label="Remplaçant" value={null} onChange={() => {}} />)
  await userEvent.type(screen.getByRole('combobox'), 'in')
  arrive()
  expect(screen.getByRole('combobox')).toHaveProperty('value', 'in')
  expect(screen.getAllByRole('option').map(({ textContent }) => textContent)).toEqual([expect.stringContaining('Inès Bouchard')])
})

test('a choice made before the people are known shows its name when they come', async () => {
  const { client, arrive } = slowServer()
  show(client, <PersonField label="Remplaçant" value="usr_3" onChange={() => {}} />)
  arrive()
  expect(screen.getByRole('combobox')).toHaveProperty('value', 'Julien Morvan')
})

test('several people are chosen one after the other, and the field is empty for the next', async () => {
  const { client, arrive } = slowServer()
  show(client, <Several />)
  arrive()
  await choose('Julien')
  await choose('Inès')
  expect(screen.getByRole('combobox')).toHaveProperty('value', '')
  expect(screen.getByRole('status', { hidden: true }).textContent).toBe('usr_3 usr_2')
})
