import { Check, Copy } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useStrings } from '@/app/i18n/use-strings'
import { IconButton } from './Button'
import { showToast } from './toasts'

const SHOWN_MS = 2_000

/** Takes a short value along, such as a phone number; `what` names it. */
export function CopyButton({ value, what }: { value: string; what: string }) {
  const t = useStrings()
  const [isCopied, setCopied] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  async function copy() {
    try {
      await navigator.clipboard.writeText(value)
    } catch {
      // Without HTTPS, or where the person refused: they can take it from here.
      return showToast({ tone: 'info', text: value })
    }
    setCopied(true)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setCopied(false), SHOWN_MS)
  }
  return <IconButton icon={isCopied ? Check : Copy} size="small" label={isCopied ? t('app.copied') : t('app.copy', { what })} onPress={() => void copy()} />
}
