import { useState } from 'react'
import { useStrings } from '@/app/i18n/use-strings'
import { isSame } from '@/features/editing/edit-state'
import { useRefusalWords } from '@/features/editing/refusals'
import type { Permission } from '@/graphql/generated/schema'
import { hasCode } from '@/graphql/user-errors'
import { useWrite } from '@/graphql/use-write'
import { showToast } from '@/ui/toasts'
import { type TypeDetailFragment, UserTypeUpdateDocument } from './people.generated'
import { handOverReasons } from './hand-over'
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
  /** Why somebody has to take over first; null: naming somebody does not help. */
  reasons: string[] | null
}

/** A type whose people would lose the right to work while they hold tickets. */
export interface TypeHandOver {
  id: string
  name: string
  reasons: string[]
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
  /** Null: nobody has to take anything over. */
  handOver: TypeHandOver | null
  /** Saves once more: the successor takes over what people of that type hold. */
  saveWith: (successor: string) => Promise<void>
  keepRight: () => void
}

/** Editing of all user types at once. Each is saved by itself: what one is refused for does not hold up the others. */
export function useTypeEdit(types: readonly TypeDetailFragment[]): TypeEdit {
  const t = useStrings()
  const refusalWords = useRefusalWords()
  const { send } = useWrite(UserTypeUpdateDocument)
  const [changes, setChanges] = useState<Record<string, Change>>({})
  const [problems, setProblems] = useState<string[]>([])
  const [isSending, setSending] = useState(false)
  const [handOver, setHandOver] = useState<TypeHandOver | null>(null)
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
  async function saveType(type: TypeDetailFragment, change: Change, reassignTo: string | null): Promise<Refused | null> {
    const outcome = await send({ id: type.id, expectedVersion: change.seen, input: { permissions: change.permissions }, reassignTo })
    if (outcome.ok) return null
    const name = typeLabel(type, t)
    const reasons = handOverReasons(outcome)
    if (!hasCode(outcome.errors, 'CONFLICT')) return { id: type.id, change, problem: t('people.types.refused', { name, words: refusalWords(outcome) }), reasons }
    // The newer state has been shown: saving again means it.
    return { id: type.id, change: { ...change, seen: outcome.payload?.userType?.version ?? change.seen }, problem: t('edit.conflict', { name }), reasons: null }
  }
  async function save(successors: Record<string, string> = {}) {
    setSending(true)
    const refused: Refused[] = []
    for (const type of types) {
      const change = changes[type.id]
      // oxlint-disable-next-line no-await-in-loop -- two at once could each count on a right that the other takes away
      const result = change ? await saveType(type, change, successors[type.id] ?? null) : null
      if (result) refused.push(result)
    }
    setSending(false)
    setChanges(Object.fromEntries(refused.map(({ id, change }) => [id, change])))
    setProblems(refused.map(({ problem }) => problem))
    const asked = refused.find(({ reasons }) => reasons)
    const askedType = types.find(({ id }) => id === asked?.id)
    setHandOver(asked?.reasons && askedType ? { id: asked.id, name: typeLabel(askedType, t), reasons: asked.reasons } : null)
    if (refused.length === 0) showToast({ tone: 'success', text: t('edit.saved') })
  }
  return {
    isDirty: Object.keys(changes).length > 0,
    isSending,
    problems,
    permissionsOf,
    turn,
    discard,
    save: () => save(),
    handOver,
    saveWith: (successor) => save(handOver ? { [handOver.id]: successor } : {}),
    keepRight: () => setHandOver(null),
  }
}
