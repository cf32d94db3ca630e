import { useState } from 'react'
import { useStrings } from '@/app/i18n/use-strings'
import { isSame } from '@/features/editing/edit-state'
import { useRefusalWords } from '@/features/editing/refusals'
import type { Permission } from '@/graphql/generated/schema'
import { hasCode } from '@/graphql/user-errors'
import { useWrite } from '@/graphql/use-write'
import { showToast } from '@/ui/toasts'
import { type TypeDetailFragment, UserTypeUpdateDocument } from './people.generated'
import { typeLabel } from './type-label'

/** What one type shall give instead, and the version that was on the screen when that was chosen. */
interface Change {
  permissions: Permission[]
  seen: number
}

interface Refused {
  id: string
  change: Change
  problem: string
}

export interface TypeEdit {
  isDirty: boolean
  isSending: boolean
  /** Why some types could not be saved; their changes are kept. */
  problems: string[]
  permissionsOf: (type: TypeDetailFragment) => readonly Permission[]
  turn: (type: TypeDetailFragment, permission: Permission, isOn: boolean) => void
  discard: () => void
  save: () => Promise<void>
}

/** Editing of all user types at once. Each is saved by itself: what one is refused for does not hold up the others. */
export function useTypeEdit(types: readonly TypeDetailFragment[]): TypeEdit {
  const t = useStrings()
  const refusalWords = useRefusalWords()
  const { send } = useWrite(UserTypeUpdateDocument)
  const [changes, setChanges] = useState<Record<string, Change>>({})
  const [problems, setProblems] = useState<string[]>([])
  const [isSending, setSending] = useState(false)
  const permissionsOf = (type: TypeDetailFragment) => changes[type.id]?.permissions ?? type.permissions

  function turn(type: TypeDetailFragment, permission: Permission, isOn: boolean) {
    const others = permissionsOf(type).filter((each) => each !== permission)
    const permissions = isOn ? [...others, permission] : others
    const { [type.id]: known, ...changesOfOthers } = changes
    const isBack = isSame(permissions.toSorted(), type.permissions.toSorted())
    setChanges(isBack ? changesOfOthers : { ...changesOfOthers, [type.id]: { permissions, seen: known?.seen ?? type.version } })
  }
  function discard() {
    setChanges({})
    setProblems([])
  }
  /** Null when it was taken; otherwise why not, and the change to try again. */
  async function saveType(type: TypeDetailFragment, change: Change): Promise<Refused | null> {
    const outcome = await send({ id: type.id, expectedVersion: change.seen, input: { permissions: change.permissions } })
    if (outcome.ok) return null
    const name = typeLabel(type, t)
    if (!hasCode(outcome.errors, 'CONFLICT')) return { id: type.id, change, problem: t('people.types.refused', { name, words: refusalWords(outcome) }) }
    // The newer state has been shown: saving again means it.
    return { id: type.id, change: { ...change, seen: outcome.payload?.userType?.version ?? change.seen }, problem: t('edit.conflict', { name }) }
  }
  async function save() {
    setSending(true)
    const refused: Refused[] = []
    for (const type of types) {
      const change = changes[type.id]
      // oxlint-disable-next-line no-await-in-loop -- two at once could each count on a right that the other takes away
      const result = change ? await saveType(type, change) : null
      if (result) refused.push(result)
    }
    setSending(false)
    setChanges(Object.fromEntries(refused.map(({ id, change }) => [id, change])))
    setProblems(refused.map(({ problem }) => problem))
    if (refused.length === 0) showToast({ tone: 'success', text: t('edit.saved') })
  }
  return { isDirty: Object.keys(changes).length > 0, isSending, problems, permissionsOf, turn, discard, save }
}
