import { type Path, useLocation } from 'react-router'

/** Whether the ticket stands beside the list it was chosen from, or on a page of its own. */
export function useIsBesideList(): boolean {
  return useLocation().pathname.startsWith('/inbox')
}

/** Where a ticket opens from here: beside the list, which stays as it is, or on its own page. */
export function useTicketAddress(): (key: string) => Partial<Path> {
  const isBesideList = useIsBesideList()
  const { search } = useLocation()
  return (key) => (isBesideList ? { pathname: `/inbox/${key}`, search } : { pathname: `/tickets/${key}` })
}
