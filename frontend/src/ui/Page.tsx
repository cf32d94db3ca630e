import { createContext, type ReactNode, useState } from 'react'
import styles from './Page.module.css'

interface Props {
  title: string
  actions?: ReactNode
  /** A line under the title saying what the screen is for. */
  lead?: string
  /** The way up, above the title. */
  above?: ReactNode
  children: ReactNode
}

/** The end of the page, for what belongs to all of it wherever it is written. */
export const PageFoot = createContext<HTMLElement | null>(null)

/** An ordinary screen: one title, its actions, its content in a readable width. */
export function Page({ title, actions, lead, above, children }: Props) {
  const [foot, setFoot] = useState<HTMLElement | null>(null)
  return (
    <main className={styles.page} id="main" tabIndex={-1}>
      <title>{`${title} · Boucle`}</title>
      {above && <div>{above}</div>}
      <header className={styles.header}>
        <div>
          <h1 className={styles.title}>{title}</h1>
          {lead && <p className={styles.lead}>{lead}</p>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      <PageFoot value={foot}>{children}</PageFoot>
      <div className={styles.foot} ref={setFoot} />
    </main>
  )
}
