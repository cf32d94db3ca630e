import { useCallback, useState } from 'react'
import { type AnyVariables, type DocumentInput, useClient } from 'urql'
import { type Outcome, outcomeOf, type UserError } from './user-errors'

type PayloadOf<Data> = Extract<Exclude<Data[Exclude<keyof Data, '__typename'>], null | undefined>, { userErrors: UserError[] }>

/** Sends one mutation and says what it came to; `isSending` is for the button that asked. */
export function useWrite<Data, Variables extends AnyVariables>(document: DocumentInput<Data, Variables>) {
  const client = useClient()
  const [isSending, setSending] = useState(false)
  const send = useCallback(
    async (variables: Variables): Promise<Outcome<PayloadOf<Data>>> => {
      setSending(true)
      const result = await client.mutation(document, variables).toPromise()
      setSending(false)
      return outcomeOf<PayloadOf<Data>>(result as never)
    },
    [client, document],
  )
  return { send, isSending }
}
