import { useMemo } from 'react'
import { type AnyVariables, type DocumentInput, useClient } from 'urql'
import { useStore } from '@/lib/store'
import { type ConnectionPage, createPagedList, type PagedList, type PagedListState } from './paged-list'

interface Options<Data, Node> {
  variables?: Record<string, unknown>
  connectionOf: (data: Data) => ConnectionPage<Node> | null | undefined
  pageSize?: number
}

/** A list that grows as it is scrolled. `connectionOf` must be a function of the module: it is read once per question. */
export function usePagedList<Data, Variables extends AnyVariables, Node extends { id: string }>(
  document: DocumentInput<Data, Variables>,
  { variables = {}, connectionOf, pageSize }: Options<Data, Node>,
): { list: PagedList<Node>; state: PagedListState<Node> } {
  const client = useClient()
  const wanted = JSON.stringify(variables)
  const list = useMemo(
    () => createPagedList(client, { document, variables: JSON.parse(wanted) as Record<string, unknown>, connectionOf, pageSize }),
    [client, document, wanted, connectionOf, pageSize],
  )
  return { list, state: useStore(list.state) }
}
