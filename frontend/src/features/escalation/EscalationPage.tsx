import { Plus, Timer } from 'lucide-react'
import { useState } from 'react'
import { useStrings } from '@/app/i18n/use-strings'
import { useCommands } from '@/commands/use-commands'
import { useCan } from '@/features/session/viewer'
import { SettingsPage } from '@/features/settings/SettingsPage'
import { usePagedList } from '@/graphql/use-paged-list'
import { Button } from '@/ui/Button'
import { LoadMore } from '@/ui/LoadMore'
import { EmptyState, ErrorState, NoRightState, Skeleton } from '@/ui/States'
import { RuleListDocument, type RuleListQuery } from './escalation.generated'
import styles from './Escalation.module.css'
import { RuleCard } from './RuleCard'
import { RuleEditor } from './RuleEditor'

const rulesOf = (data: RuleListQuery) => data.escalationRules

/** Rules that keep tickets from being forgotten, each readable as a sentence. */
export default function EscalationPage() {
  const t = useStrings()
  const canManage = useCan('TICKETS_MANAGE')
  const [isCreating, setCreating] = useState(false)
  useCommands([{ id: 'rule.new', label: 'escalation.new', group: 'escalation.title', icon: Plus, keys: ['c'], isEnabled: canManage, run: () => setCreating(true) }])
  if (!canManage) return <NoRightState />
  return (
    <SettingsPage
      title={t('escalation.title')}
      lead={t('escalation.lead')}
      actions={
        !isCreating && (
          <Button look="primary" size="small" icon={Plus} onPress={() => setCreating(true)}>
            {t('escalation.new')}
          </Button>
        )
      }
    >
      {isCreating && <RuleEditor rule={null} onClose={() => setCreating(false)} />}
      <Rules isCreating={isCreating} onCreate={() => setCreating(true)} />
    </SettingsPage>
  )
}

function Rules({ isCreating, onCreate }: { isCreating: boolean; onCreate: () => void }) {
  const t = useStrings()
  const { list, state } = usePagedList(RuleListDocument, { connectionOf: rulesOf })
  if (state.error && state.nodes.length === 0) return <ErrorState error={state.error} onRetry={list.refresh} />
  if (state.isLoading) return <Skeleton rows={4} rowHeight={64} />
  if (state.nodes.length === 0)
    return isCreating ? null : <EmptyState icon={Timer} title={t('escalation.none')} text={t('escalation.none.text')} action={<Button onPress={onCreate}>{t('escalation.new')}</Button>} />
  return (
    <>
      <ul className={styles.rules}>
        {state.nodes.map((rule) => (
          <RuleCard key={rule.id} rule={rule} />
        ))}
      </ul>
      {state.hasMore && <LoadMore onReach={list.loadMore} />}
    </>
  )
}
