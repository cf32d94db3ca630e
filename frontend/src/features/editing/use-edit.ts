import { useEffect, useState } from 'react'
import { useStrings } from '@/app/i18n/use-strings'
import { hasCode, type Outcome } from '@/graphql/user-errors'
import { showToast } from '@/ui/toasts'
import { readStored, writeStored } from '@/lib/storage'
import { contestedFields, type EditState, nothingTyped, typeInto } from './edit-state'
import { useRefusals } from './refusals'

export interface Edit<Values> {
  /** The current state with what was typed over it. */
  values: Values
  typed: Partial<Values>
  isDirty: boolean
  isSending: boolean
  /** Somebody else saved in between; null: nobody did. The fields are those changed on both sides. */
  conflict: { fields: (keyof Values)[]; current: Values } | null
  refusals: Record<string, string>
  field: <Name extends keyof Values & string>(name: Name) => { value: Values[Name]; onChange: (value: Values[Name]) => void; error: string | undefined }
  change: (change: Partial<Values>) => void
  refuse: (refusals: Record<string, string>) => void
  discard: () => void
  /** Sends what was typed; true when it was taken. */
  save: (send: (expectedVersion: number, typed: Partial<Values>) => Promise<Outcome<unknown>>) => Promise<boolean>
}

interface Options {
  /** Under this name what was typed is kept in this browser, across pages and reloads, until it is saved or discarded. */
  draft?: string
}

/** Editing of a thing that others may edit too. What was typed survives a conflict, on top of the newer state. */
export function useEdit<Values extends object>(current: Values, version: number, { draft }: Options = {}): Edit<Values> {
  const t = useStrings()
  const refusalsOf = useRefusals()
  const [state, setState] = useState(() => storedDraft<Values>(draft))
  useEffect(() => {
    if (draft) writeStored(`draft.${draft}`, state.seen === null ? null : JSON.stringify(state))
  }, [draft, state])
  const [base, setBase] = useState(current)
  const [hasConflict, setConflict] = useState(false)
  const [refusals, setRefusals] = useState<Record<string, string>>({})
  const [isSending, setSending] = useState(false)

  function change(next: Partial<Values>) {
    if (state.seen === null) setBase(current)
    setState((before) => typeInto(before, next, current, version))
    setRefusals((before) => Object.fromEntries(Object.entries(before).filter(([name]) => name && !(name in next))))
  }
  function discard() {
    setState(nothingTyped())
    setRefusals({})
    setConflict(false)
  }
  async function save(send: (expectedVersion: number, typed: Partial<Values>) => Promise<Outcome<unknown>>) {
    setSending(true)
    // After a conflict the newer state has been shown: saving again means it.
    const outcome = await send(hasConflict ? version : (state.seen ?? version), state.typed)
    setSending(false)
    if (outcome.ok) {
      discard()
      showToast({ tone: 'success', text: t('edit.saved') })
      return true
    }
    const isConflict = hasCode(outcome.errors, 'CONFLICT')
    setConflict(isConflict)
    setRefusals(isConflict ? {} : refusalsOf(outcome))
    return false
  }

  const values = { ...current, ...state.typed }
  return {
    values,
    typed: state.typed,
    isDirty: state.seen !== null,
    isSending,
    conflict: hasConflict ? { fields: contestedFields(state, base, current), current } : null,
    refusals,
    field: (name) => ({
      value: values[name],
      onChange: (value) => change({ [name]: value } as unknown as Partial<Values>),
      error: refusals[name],
    }),
    change,
    refuse: setRefusals,
    discard,
    save,
  }
}

function storedDraft<Values>(name: string | undefined): EditState<Values> {
  const stored = name ? readStored(`draft.${name}`) : null
  return stored ? (JSON.parse(stored) as EditState<Values>) : nothingTyped()
}
