import type { FormEvent, ReactNode } from 'react'
import { sendsByKey } from '@/lib/submit-key'
import styles from './Form.module.css'
import { Notice } from './Notice'

interface Props {
  onSubmit: () => void
  /** A refusal that belongs to no field. */
  error?: string | null
  children: ReactNode
}

export function Form({ onSubmit, error, children }: Props) {
  function submit(event: FormEvent) {
    event.preventDefault()
    onSubmit()
  }
  return (
    <form className={styles.form} onSubmit={submit} onKeyDown={sendsByKey(onSubmit)} noValidate>
      {error && <Notice tone="danger">{error}</Notice>}
      {children}
    </form>
  )
}

/** Fields side by side where there is room. */
export function FormRow({ children }: { children: ReactNode }) {
  return <div className={styles.row}>{children}</div>
}

/** The buttons at the end of a form on a page; the one that acts stands last. A dialog has `DialogActions`, always in reach. */
export function FormActions({ children }: { children: ReactNode }) {
  return <footer className={styles.actions}>{children}</footer>
}
