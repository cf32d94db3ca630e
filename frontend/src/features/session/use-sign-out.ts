import { useWrite } from '@/graphql/use-write'
import { SessionEndDocument } from './session.generated'
import { useSession } from './viewer'

export function useSignOut(): () => void {
  const { restart } = useSession()
  const { send } = useWrite(SessionEndDocument)
  return () => void send({}).then(restart)
}
