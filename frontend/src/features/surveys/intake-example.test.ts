import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { intakeExample } from './intake-example'

const text = { fr: '', en: '' }
const plain = { required: false, role: null, points: null, choices: [], multiple: false, multiline: false, contactField: null, text }

test('the example answers the questions of the survey, and those alone', () => {
  const command = intakeExample({
    intakeUrl: 'http://localhost:8000/intake/after',
    secret: 's3cret',
    questions: [
      { ...plain, key: 'nps', kind: 'NPS' },
      { ...plain, key: 'topic', kind: 'CHOICE', multiple: true, choices: [{ key: 'delivery', text }] },
      { ...plain, key: 'mail', kind: 'TEXT', contactField: 'EMAIL' },
    ],
  })
  const body = /body='(.*)'/.exec(command)?.[1] ?? ''
  expect(JSON.parse(body)).toMatchObject({ answers: { nps: 3, topic: ['delivery'] } })
  expect(command).toContain("curl -i 'http://localhost:8000/intake/after'")
})

test('the command signs what it sends', async () => {
  const { execFileSync } = await import('node:child_process')
  const command = intakeExample({ intakeUrl: 'http://x', secret: 'k', questions: [{ ...plain, key: 'why', kind: 'TEXT' }] })
  const shown = execFileSync('sh', ['-c', `${command.replace(/curl[^]*$/, '')}\nprintf '%s\\n%s' "$signature" "$body"`]).toString()
  const [signature, body = ''] = shown.split('\n')
  expect(signature).toBe(createHmac('sha256', 'k').update(body).digest('hex'))
})
