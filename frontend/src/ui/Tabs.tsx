import { type ReactNode, useEffect, useRef } from 'react'
import { Tab as AriaTab, TabList as AriaTabList, TabPanel as AriaTabPanel, Tabs as AriaTabs } from 'react-aria-components'
import { useFormats } from '@/app/i18n/use-strings'
import { classNames } from '@/lib/class-names'
import styles from './Tabs.module.css'

interface TabProps {
  text: string
  count?: number
}

interface Props<Id extends string> {
  label: string
  tabs: (TabProps & { id: Id; className?: string })[]
  value: Id
  onChange: (value: Id) => void
  /** Stands at the end of the row of tabs. */
  end?: ReactNode
  children: ReactNode
}

export function Tabs<Id extends string>({ label, tabs, value, onChange, end, children }: Props<Id>) {
  return (
    <AriaTabs className={styles.tabs} selectedKey={value} onSelectionChange={(key) => onChange(key as Id)}>
      <div className={styles.row}>
        <AriaTabList className={styles.list} aria-label={label}>
          {tabs.map(({ id, className, ...tab }) => (
            <AriaTab key={id} id={id} className={classNames(styles.tab, className)}>
              {({ isSelected }) => <TabWords {...tab} isSelected={isSelected} />}
            </AriaTab>
          ))}
        </AriaTabList>
        {end}
      </div>
      {children}
    </AriaTabs>
  )
}

function TabWords({ text, count = 0, isSelected }: TabProps & { isSelected: boolean }) {
  const formats = useFormats()
  const words = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    if (isSelected && words.current) centreInList(words.current)
  }, [isSelected])
  return (
    <>
      <span ref={words}>{text}</span>
      {count > 0 && <span className={styles.count}>{formats.number(count)}</span>}
    </>
  )
}

/** On a phone there may be more tabs than room; the page itself stays where it is. */
function centreInList(words: HTMLElement): void {
  const list = words.closest<HTMLElement>('[role="tablist"]')
  if (list) list.scrollLeft += words.getBoundingClientRect().left - list.getBoundingClientRect().left - (list.clientWidth - words.offsetWidth) / 2
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
