import type { CSSProperties } from 'react'
import styles from './Avatar.module.css'

interface Props {
  name: string
  initials?: string
  size?: 18 | 20 | 24 | 32
}

/** The first letters of a person; decoration beside a name, so hidden from screen readers. */
export function Avatar({ name, initials, size = 20 }: Props) {
  const style = { '--avatar-hue': hueOf(name), '--size': `${size}px` } as CSSProperties
  return (
    <span className={styles.avatar} style={style} aria-hidden>
      {initials ?? initialsOf(name)}
    </span>
  )
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  return `${words[0]?.[0] ?? ''}${words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''}`.toUpperCase()
}

function hueOf(name: string): number {
  let hash = 0
  for (const letter of name) hash = (hash * 31 + letter.charCodeAt(0)) % 360
  return hash
}
