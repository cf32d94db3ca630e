import { useEffect, useState } from 'react'
import { newIdempotencyKey } from '@/lib/random'
import { readStored, writeStored } from '@/lib/storage'

interface Kept<Values> {
  values: Values
  /** The same for every try of one form, also after a reload: an answer lost on the way does not double what was made. */
  idempotencyKey: string
}

export interface FormDraft<Values> extends Kept<Values> {
  /** Nothing was changed: there is nothing to keep, or to lose. */
  isEmpty: boolean
  /** Begins with these values, which are no draft until somebody changes them. */
  begin: (values: Values) => void
  change: (next: (values: Values) => Values) => void
  clear: () => void
  /** The next try makes something of its own. */
  renewKey: () => void
}

/** A form that survives reloads until it is sent or thrown away. */
export function useFormDraft<Values extends object>(name: string, empty: Values): FormDraft<Values> {
  const rememberedAs = `draft.${name}`
  const [kept, setKept] = useState<Kept<Values>>(() => readDraft(readStored(rememberedAs), empty))
  const [start, setStart] = useState(empty)
  const isEmpty = isSame(kept.values, start)
  useEffect(() => writeStored(rememberedAs, isEmpty ? null : JSON.stringify(kept)), [rememberedAs, isEmpty, kept])
  function clear() {
    // At once: whoever sends the form closes it with the same click.
    writeStored(rememberedAs, null)
    setKept({ values: start, idempotencyKey: newIdempotencyKey() })
  }
  function begin(values: Values) {
    setStart(values)
    setKept((current) => ({ ...current, values }))
  }
  function renewKey() {
    const idempotencyKey = newIdempotencyKey()
    setKept((current) => ({ ...current, idempotencyKey }))
  }
  return { ...kept, isEmpty, begin, change: (next) => setKept((current) => ({ ...current, values: next(current.values) })), clear, renewKey }
}

function isSame<Values extends object>(values: Values, start: Values): boolean {
  return (Object.keys(start) as (keyof Values)[]).every((name) => values[name] === start[name])
}

function readDraft<Values extends object>(stored: string | null, empty: Values): Kept<Values> {
  try {
    const { values, idempotencyKey } = JSON.parse(stored ?? '') as Kept<Values>
    // Fields that the form has gained since begin empty.
    return { values: { ...empty, ...values }, idempotencyKey }
  } catch {
    return { values: empty, idempotencyKey: newIdempotencyKey() }
  }
}
