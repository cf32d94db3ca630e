import type { ReactElement, ReactNode } from 'react'
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
      <AriaTooltip className={styles.tooltip} offset={6}>
        {text}
        {keys && <Keys of={keys} />}
      </AriaTooltip>
    </TooltipTrigger>
  )
}

/** A tooltip on something that is no button; it becomes reachable by Tab so that everyone can read it. */
export function TooltipOn({ text, label, children, className }: { text: ReactNode; label?: string; children: ReactNode; className?: string }) {
  return (
    <Tooltip text={text}>
      <Focusable>
        <span role="note" aria-label={label} tabIndex={0} className={className}>
          {children}
        </span>
      </Focusable>
    </Tooltip>
  )
}
