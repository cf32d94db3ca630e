import { Plus } from 'lucide-react'
import { Suspense, useState } from 'react'
import { useStrings } from '@/app/i18n/use-strings'
import { useWorkspace } from '@/app/workspace'
import { useCommands } from '@/commands/use-commands'
import { useRefusalWords } from '@/features/editing/refusals'
import { useCan, useViewer } from '@/features/session/viewer'
import { usePagedList } from '@/graphql/use-paged-list'
import { useWrite } from '@/graphql/use-write'
import { lazyPart } from '@/lib/lazy-part'
import { Button } from '@/ui/Button'
import { OverlayLoading } from '@/ui/Loading'
import { Notice } from '@/ui/Notice'
import { Section } from '@/ui/Section'
import { Segmented } from '@/ui/Segmented'
import { ErrorState, Skeleton } from '@/ui/States'
import { Switch } from '@/ui/Switch'
import { showToast } from '@/ui/toasts'
import { AbsenceTable } from './AbsenceTable'
import { EndAbsenceDialog } from './EndAbsenceDialog'
import { type AbsenceRowFragment, AbsencesDocument, type AbsencesQuery, OrganisationUpdateDocument } from './settings.generated'
import styles from './SettingsForms.module.css'
import { SettingsPage } from './SettingsPage'

const AbsenceDialog = lazyPart(() => import('./AbsenceDialog'))

const absencesOf = (data: AbsencesQuery) => data.absences

type Open = { kind: 'plan'; forOthers: boolean } | { kind: 'edit' | 'end'; absence: AbsenceRowFragment } | null

/** Who is away, and where their tickets go meanwhile. */
export default function AbsencePage() {
  const t = useStrings()
  const viewer = useViewer()
  const canManage = useCan('TICKETS_MANAGE')
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  useCommands([
    { id: 'absence.plan', label: 'settings.absence.plan', group: 'settings.title', icon: Plus, run: () => setOpen({ kind: 'plan', forOthers: false }) },
    { id: 'absence.planOther', label: 'settings.absence.planOther', group: 'settings.title', icon: Plus, isEnabled: canManage, run: () => setOpen({ kind: 'plan', forOthers: true }) },
  ])
  return (
    <SettingsPage title={t('settings.absence')} lead={t('settings.absence.lead')}>
      <ForwardingState />
      <Section
        title={t('settings.absence.mine')}
        isFlush
        actions={
          <Button look="primary" size="small" icon={Plus} onPress={() => setOpen({ kind: 'plan', forOthers: false })}>
            {t('settings.absence.plan')}
          </Button>
        }
      >
        <Absences userIds={[viewer.id]} emptyText={t('settings.absence.mine.none')} canChange onOpen={setOpen} />
      </Section>
      <Team canManage={canManage} onOpen={setOpen} />
      <Suspense fallback={<OverlayLoading />}>
        {open?.kind === 'plan' && <AbsenceDialog absence={null} forOthers={open.forOthers} onClose={close} />}
        {open?.kind === 'edit' && <AbsenceDialog absence={open.absence} forOthers={open.absence.user.id !== viewer.id} onClose={close} />}
      </Suspense>
      {open?.kind === 'end' && <EndAbsenceDialog absence={open.absence} onClose={close} />}
    </SettingsPage>
  )
}

function Team({ canManage, onOpen }: { canManage: boolean; onOpen: (open: Open) => void }) {
  const t = useStrings()
  const [period, setPeriod] = useState<'now' | 'all'>('now')
  return (
    <Section
      title={t('settings.absence.team')}
      text={canManage ? undefined : t('settings.absence.team.noRight')}
      isFlush
      actions={
        <>
          <Segmented
            label={t('settings.absence.period')}
            value={period}
            onChange={setPeriod}
            options={[
              { id: 'now', text: t('settings.absence.period.now') },
              { id: 'all', text: t('settings.absence.period.all') },
            ]}
          />
          {canManage && (
            <Button size="small" icon={Plus} onPress={() => onOpen({ kind: 'plan', forOthers: true })}>
              {t('settings.absence.planOther')}
            </Button>
          )}
        </>
      }
    >
      <Absences withPeople isPastShown={period === 'all'} emptyText={t('settings.absence.team.none')} canChange={canManage} onOpen={onOpen} />
    </Section>
  )
}

interface ListProps {
  userIds?: string[]
  isPastShown?: boolean
  withPeople?: boolean
  emptyText: string
  canChange: boolean
  onOpen: (open: Open) => void
}

function Absences({ userIds, isPastShown, withPeople, emptyText, canChange, onOpen }: ListProps) {
  const t = useStrings()
  const filter = { ...(userIds && { userIds }), currentOrFuture: isPastShown ? null : true }
  const { list, state } = usePagedList(AbsencesDocument, { variables: { filter }, connectionOf: absencesOf, pageSize: 30 })
  if (state.error && state.nodes.length === 0) return <ErrorState error={state.error} onRetry={list.refresh} />
  if (state.isLoading) return <Skeleton rows={2} />
  if (state.nodes.length === 0) return <p className={styles.empty}>{emptyText}</p>
  return (
    <>
      <AbsenceTable rows={state.nodes} withPeople={withPeople} canChange={canChange} onEdit={(absence) => onOpen({ kind: 'edit', absence })} onEnd={(absence) => onOpen({ kind: 'end', absence })} />
      {state.hasMore && (
        <div className={styles.more}>
          <Button size="small" look="quiet" onPress={list.loadMore}>
            {t('settings.more')}
          </Button>
        </div>
      )}
    </>
  )
}

/** The switch of the whole organisation, or what it is set to. */
function ForwardingState() {
  const t = useStrings()
  const { organisation } = useWorkspace()
  const canManage = useCan('ORGANISATION_MANAGE')
  const refusalWords = useRefusalWords()
  const { send, isSending } = useWrite(OrganisationUpdateDocument)
  async function turn(forwardingEnabled: boolean) {
    const outcome = await send({ expectedVersion: organisation.version, input: { forwardingEnabled } })
    if (!outcome.ok) showToast({ tone: 'danger', text: refusalWords(outcome) })
  }
  if (!canManage) return organisation.forwardingEnabled ? null : <Notice tone="warning">{t('settings.forwarding.off')}</Notice>
  return (
    <Section title={t('settings.forwarding')} text={t('settings.forwarding.text')}>
      <Switch isOn={organisation.forwardingEnabled} isDisabled={isSending} onChange={(isOn) => void turn(isOn)}>
        {t(organisation.forwardingEnabled ? 'settings.forwarding.isOn' : 'settings.forwarding.isOff')}
      </Switch>
    </Section>
  )
}
