import { type ReactElement, type ReactNode, useState } from 'react'
import { Focusable, Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components'
import { Keys } from './Keys'
import styles from './Tooltip.module.css'

interface Props {
  text: ReactNode
  keys?: string
  /** A button of React Aria, or wrap plain elements with `TooltipOn`. */
  children: ReactElement
}

export function Tooltip({ text, keys, children }: Props) {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      {children}
      <TooltipBubble>
        {text}
        {keys && <Keys of={keys} />}
      </TooltipBubble>
    </TooltipTrigger>
  )
}

export function TooltipBubble({ children }: { children: ReactNode }) {
  return (
    <AriaTooltip className={styles.tooltip} offset={6}>
      {children}
    </AriaTooltip>
  )
}

/** A tooltip on something that is no button; it is reached by Tab and by a finger too, so that everyone can read it. */
export function TooltipOn({ text, label, children, className }: { text: ReactNode; label?: string; children: ReactNode; className?: string }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <TooltipTrigger delay={500} closeDelay={0} shouldCloseOnPress={false} isOpen={isOpen} onOpenChange={setOpen}>
      <Focusable>
        <span role="note" aria-label={label} tabIndex={0} className={className} onClick={() => setOpen(true)} onBlur={() => setOpen(false)}>
          {children}
        </span>
      </Focusable>
      <TooltipBubble>{text}</TooltipBubble>
    </TooltipTrigger>
  )
}
