import { ListFilter, Search } from 'lucide-react'
import { Suspense, useRef, useState } from 'react'
import { useStrings } from '@/app/i18n/use-strings'
import { useCommands } from '@/commands/use-commands'
import { lazyPart } from '@/lib/lazy-part'
import { Button } from '@/ui/Button'
import type { WantEntry } from '@/ui/search-entry'
import { Segmented } from '@/ui/Segmented'
import { TypedSearch } from '@/ui/TypedSearch'
import styles from './FilterBar.module.css'
import { type InboxQuery, isNarrowed } from './inbox-query'

const FilterTools = lazyPart(() => import('./FilterTools'))

interface Props {
  query: InboxQuery
  onChange: (change: Partial<InboxQuery>) => void
  /** From the search field into the rows. */
  onEntry: WantEntry
}

/** Narrows the view; what is narrowed by stands there as chips that can be taken away. */
export function FilterBar({ query, onChange, onEntry }: Props) {
  const t = useStrings()
  const [isOpen, setOpen] = useState(false)
  const [isAsked, setAsked] = useState(false)
  function openMenu() {
    setAsked(true)
    setOpen(true)
  }
  useCommands([{ id: 'inbox.filter', label: 'inbox.filter', group: 'inbox.filter', keys: ['f'], icon: ListFilter, run: openMenu }])
  const button = (
    <Button look="quiet" size="small" icon={ListFilter} onPress={openMenu}>
      {t('inbox.filter')}
    </Button>
  )
  return (
    <div className={styles.bar} role="search" aria-label={t('inbox.filter')}>
      <TicketSearch query={query} onChange={onChange} onEntry={onEntry} />
      {isAsked || isNarrowed(query) ? (
        <Suspense fallback={button}>
          <FilterTools query={query} onChange={onChange} isOpen={isOpen} onOpenChange={setOpen} />
        </Suspense>
      ) : (
        button
      )}
    </div>
  )
}

/** Finds tickets everywhere, whatever view one stands in; the view alone is the exception, and is said. */
function TicketSearch({ query, onChange, onEntry }: Props) {
  const t = useStrings()
  const input = useRef<HTMLInputElement>(null)
  useCommands([{ id: 'inbox.search', label: 'inbox.search', group: 'inbox.filter', keys: ['/'], icon: Search, run: () => input.current?.focus() }])
  const hasScope = query.text.trim() !== '' && query.view !== 'all'
  return (
    <>
      <div className={styles.text}>
        <TypedSearch
          label={t('inbox.search')}
          placeholder={t('inbox.search.what')}
          clearLabel={t('inbox.search.clear')}
          text={query.text}
          onSearch={(text) => onChange({ text })}
          onEntry={onEntry}
          inputRef={input}
        />
      </div>
      {hasScope && (
        <Segmented
          label={t('inbox.search.scope')}
          value={query.isWithinView ? 'view' : 'everywhere'}
          onChange={(scope) => onChange({ isWithinView: scope === 'view' })}
          options={[
            { id: 'everywhere', text: t('inbox.search.everywhere') },
            { id: 'view', text: t(`inbox.view.${query.view}`) },
          ]}
        />
      )}
    </>
  )
}
