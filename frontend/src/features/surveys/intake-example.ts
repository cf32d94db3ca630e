import type { DefinitionFragment } from './surveys.generated'

type Question = DefinitionFragment['questions'][number]

/** A command that sends one answer to this very survey, with its own questions, ready to run. */
export function intakeExample({ intakeUrl, secret, questions }: { intakeUrl: string; secret: string; questions: readonly Question[] }): string {
  const answers = Object.fromEntries(questions.filter(({ contactField }) => !contactField).map((question) => [question.key, exampleAnswer(question)]))
  const body = JSON.stringify({ externalId: 'order-1042', contact: { email: 'camille.roux@mail.example', firstName: 'Camille' }, answers })
  return [
    `body='${body.replaceAll("'", String.raw`'\''`)}'`,
    `signature=$(printf '%s' "$body" | openssl dgst -sha256 -hmac '${secret}' -r | cut -d' ' -f1)`,
    `curl -i '${intakeUrl}' -H "X-Boucle-Signature: sha256=$signature" -d "$body"`,
  ].join('\n')
}

function exampleAnswer({ kind, choices, multiple }: Question): unknown {
  if (kind === 'TEXT') return 'Colis en retard.'
  if (kind !== 'CHOICE') return 3
  const first = choices[0]?.key ?? ''
  return multiple ? [first] : first
}
