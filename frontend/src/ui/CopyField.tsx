import { Check, Copy } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button } from './Button'
import styles from './CopyField.module.css'

interface Props {
  label: string
  value: string
  copyLabel: string
  copiedLabel: string
  /** Lines, such as a command; otherwise one line that scrolls. */
  isBlock?: boolean
}

const SHOWN_MS = 2_000

/** A text to take elsewhere: an address, a secret, a command. */
export function CopyField({ label, value, copyLabel, copiedLabel, isBlock }: Props) {
  const [isCopied, setCopied] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const text = useRef<HTMLPreElement>(null)
  useEffect(() => () => clearTimeout(timer.current), [])
  async function copy() {
    try {
      await navigator.clipboard.writeText(value)
    } catch {
      // Without HTTPS, or where the person refused: the text is marked, and Ctrl-C takes it.
      if (text.current) getSelection()?.selectAllChildren(text.current)
      return
    }
    setCopied(true)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setCopied(false), SHOWN_MS)
  }
  return (
    <div className={styles.field}>
      <span className={styles.label}>{label}</span>
      <div className={styles.row} data-block={isBlock || undefined}>
        <pre ref={text} className={styles.value} tabIndex={0} aria-label={label}>
          {value}
        </pre>
        <Button size="small" icon={isCopied ? Check : Copy} onPress={() => void copy()} aria-label={`${copyLabel}, ${label}`}>
          <span aria-live="polite">{isCopied ? copiedLabel : copyLabel}</span>
        </Button>
      </div>
    </div>
  )
}
