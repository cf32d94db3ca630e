import type { ReactNode } from 'react'
import { Tab as AriaTab, TabList as AriaTabList, TabPanel as AriaTabPanel, Tabs as AriaTabs } from 'react-aria-components'
import { classNames } from '@/lib/class-names'
import styles from './Tabs.module.css'

interface Props<Id extends string> {
  label: string
  tabs: { id: Id; text: string; count?: number; className?: string }[]
  value: Id
  onChange: (value: Id) => void
  children: ReactNode
}

export function Tabs<Id extends string>({ label, tabs, value, onChange, children }: Props<Id>) {
  return (
    <AriaTabs className={styles.tabs} selectedKey={value} onSelectionChange={(key) => onChange(key as Id)}>
      <AriaTabList className={styles.list} aria-label={label}>
        {tabs.map((tab) => (
          <AriaTab key={tab.id} id={tab.id} className={classNames(styles.tab, tab.className)}>
            {tab.text}
            {tab.count !== undefined && tab.count > 0 && <span className={styles.count}>{tab.count}</span>}
          </AriaTab>
        ))}
      </AriaTabList>
      {children}
    </AriaTabs>
  )
}

interface PanelProps {
  id: string
  /** Stays in the page while another tab is shown, with everything typed in it. */
  isKept?: boolean
  children: ReactNode
}

export function TabPanel({ id, isKept, children }: PanelProps) {
  return (
    <AriaTabPanel id={id} className={styles.panel} shouldForceMount={isKept}>
      {children}
    </AriaTabPanel>
  )
}
