const FIELD_WITHIN_MS = 4_000

type Field = HTMLInputElement | HTMLTextAreaElement

/**
 * Between the key that opens a field and the field's focus lies a moment, or a download: letters typed in it are kept,
 * and handed to the first field that gets the focus.
 */
export function createTypeAhead() {
  let typed = ''
  let stop: (() => void) | null = null

  function receive(event: FocusEvent) {
    if (!isField(event.target)) return
    if (typed) insert(event.target, typed)
    stop?.()
  }
  function keep(event: KeyboardEvent) {
    if (event.key === 'Escape') return stop?.()
    const isLetter = event.key.length === 1 && !event.ctrlKey && !event.metaKey
    if (!isLetter) return
    event.preventDefault()
    event.stopPropagation()
    // The opening key, still held down, is no letter.
    if (!event.repeat) typed += event.key
  }
  return function waitForField(): void {
    stop?.()
    if (isField(document.activeElement)) return
    typed = ''
    const giveUp = () => stop?.()
    const timer = setTimeout(giveUp, FIELD_WITHIN_MS)
    addEventListener('keydown', keep, { capture: true })
    addEventListener('focusin', receive)
    addEventListener('pointerdown', giveUp)
    stop = () => {
      stop = null
      clearTimeout(timer)
      removeEventListener('keydown', keep, { capture: true })
      removeEventListener('focusin', receive)
      removeEventListener('pointerdown', giveUp)
    }
  }
}

const NOT_WRITTEN = ['checkbox', 'radio', 'button', 'submit', 'range']

function isField(target: EventTarget | null): target is Field {
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && !NOT_WRITTEN.includes(target.type))
}

/** As if it were typed: whoever listens for input hears of it. */
function insert(field: Field, text: string): void {
  field.setRangeText(text, field.selectionStart ?? field.value.length, field.selectionEnd ?? field.value.length, 'end')
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: text }))
}
