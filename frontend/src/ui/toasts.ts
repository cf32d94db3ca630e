import { createStore } from '@/lib/store'

export interface Toast {
  id: number
  tone: 'info' | 'success' | 'danger'
  text: string
  action?: { label: string; run: () => void }
}

const SHOWN_MS = { info: 5_000, success: 4_000, danger: 10_000 }
/** Something to decide about needs more time than something to read. */
const OFFERED_MS = 8_000
let lastId = 0

export const toasts = createStore<Toast[]>([])

/** Says something once, in a corner; a refusal stays longer. Returns what it is dismissed by. */
export function showToast(toast: Omit<Toast, 'id'>): number {
  lastId += 1
  const shown = { ...toast, id: lastId }
  toasts.set([...toasts.get().filter((each) => each.text !== toast.text), shown].slice(-3))
  setTimeout(() => dismissToast(shown.id), toast.action ? Math.max(OFFERED_MS, SHOWN_MS[toast.tone]) : SHOWN_MS[toast.tone])
  return shown.id
}

export function dismissToast(id: number): void {
  toasts.set(toasts.get().filter((toast) => toast.id !== id))
}
