import { ClipboardList, FolderPlus, Pencil, Plus } from 'lucide-react'
import { Suspense, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { TimeAgo, useFormats, useStrings } from '@/app/i18n/use-strings'
import { useCommands } from '@/commands/use-commands'
import { useCan } from '@/features/session/viewer'
import { SettingsPage } from '@/features/settings/SettingsPage'
import { usePagedList } from '@/graphql/use-paged-list'
import { lazyPart } from '@/lib/lazy-part'
import { Button, IconButton } from '@/ui/Button'
import { OverlayLoading } from '@/ui/Loading'
import { LoadMore } from '@/ui/LoadMore'
import { Section } from '@/ui/Section'
import { EmptyState, ErrorState, NoRightState, Skeleton } from '@/ui/States'
import { type Column, Table } from '@/ui/Table'
import { highestScore } from './definition-editor'
import { ProgramDialog } from './ProgramDialog'
import type { ProgramListQuery, SurveyRowFragment } from './surveys.generated'
import { ProgramListDocument } from './surveys.generated'
import styles from './Surveys.module.css'
import { SurveyTags } from './SurveyTags'

const NewSurveyDialog = lazyPart(() => import('./NewSurveyDialog'))

export type Program = ProgramListQuery['programs']['nodes'][number]
type Open = { kind: 'survey'; programId: string | null } | { kind: 'program'; program: Program | null } | null

const programsOf = (data: ProgramListQuery) => data.programs

export default function SurveysPage() {
  const t = useStrings()
  const canRead = useCan('SURVEYS_READ')
  const canManage = useCan('SURVEYS_MANAGE')
  const [open, setOpen] = useState<Open>(null)
  useCommands([
    { id: 'survey.new', label: 'surveys.new', group: 'surveys.title', icon: Plus, keys: ['c'], isEnabled: canManage, run: () => setOpen({ kind: 'survey', programId: null }) },
    { id: 'program.new', label: 'surveys.program.new', group: 'surveys.title', icon: FolderPlus, isEnabled: canManage, run: () => setOpen({ kind: 'program', program: null }) },
  ])
  if (!canRead && !canManage) return <NoRightState />
  return (
    <SettingsPage
      title={t('surveys.title')}
      lead={t('surveys.lead')}
      actions={
        canManage && (
          <>
            <Button size="small" icon={FolderPlus} onPress={() => setOpen({ kind: 'program', program: null })}>
              {t('surveys.program.new')}
            </Button>
            <Button look="primary" size="small" icon={Plus} onPress={() => setOpen({ kind: 'survey', programId: null })}>
              {t('surveys.new')}
            </Button>
          </>
        )
      }
    >
      <Programs canManage={canManage} onOpen={setOpen} />
      <Suspense fallback={<OverlayLoading />}>{open?.kind === 'survey' && <NewSurveyDialog programId={open.programId} onClose={() => setOpen(null)} />}</Suspense>
      {open?.kind === 'program' && <ProgramDialog program={open.program} onClose={() => setOpen(null)} />}
    </SettingsPage>
  )
}

function Programs({ canManage, onOpen }: { canManage: boolean; onOpen: (open: Open) => void }) {
  const t = useStrings()
  const { list, state } = usePagedList(ProgramListDocument, { connectionOf: programsOf })
  if (state.error && state.nodes.length === 0) return <ErrorState error={state.error} onRetry={list.refresh} />
  if (state.isLoading) return <Skeleton rows={6} />
  if (state.nodes.length === 0)
    return <EmptyState icon={ClipboardList} title={t('surveys.none')} text={t('surveys.none.text')} action={canManage && <Button onPress={() => onOpen({ kind: 'survey', programId: null })}>{t('surveys.new')}</Button>} />
  return (
    <>
      {state.nodes.map((program) => (
        <Section
          key={program.id}
          title={program.name}
          text={program.description}
          isFlush
          actions={
            canManage && (
              <>
                <IconButton icon={Pencil} size="small" label={t('surveys.program.edit', { name: program.name })} onPress={() => onOpen({ kind: 'program', program })} />
                <IconButton icon={Plus} size="small" label={t('surveys.newIn', { name: program.name })} onPress={() => onOpen({ kind: 'survey', programId: program.id })} />
              </>
            )
          }
        >
          {program.surveys.length === 0 ? <p className={styles.empty}>{t('surveys.program.none')}</p> : <SurveyTable name={program.name} surveys={program.surveys} />}
        </Section>
      ))}
      {state.hasMore && <LoadMore onReach={list.loadMore} />}
    </>
  )
}

/** The mean mark with its scale: 4 is much of five and little of ten. */
function Average({ survey: { averageScore, published } }: { survey: SurveyRowFragment }) {
  const formats = useFormats()
  if (averageScore === null) return '–'
  const highest = highestScore(published?.definition.questions ?? [])
  return (
    <>
      {formats.number(Math.round(averageScore * 10) / 10)}
      {highest && <span className={styles.muted}>/{highest}</span>}
    </>
  )
}

function SurveyTable({ name, surveys }: { name: string; surveys: SurveyRowFragment[] }) {
  const t = useStrings()
  const formats = useFormats()
  const navigate = useNavigate()
  const columns: Column<SurveyRowFragment>[] = [
    {
      id: 'name',
      header: t('surveys.field.name'),
      cell: (survey) => (
        <span className={styles.row}>
          <Link className={styles.name} to={`/settings/surveys/${survey.key}`} onClick={(event) => event.stopPropagation()}>
            {survey.name}
          </Link>
          <SurveyTags survey={survey} />
        </span>
      ),
    },
    { id: 'responses', header: t('surveys.field.responses'), align: 'end', width: '100px', cell: ({ responseCount }) => formats.number(responseCount) },
    { id: 'score', header: t('surveys.field.average'), align: 'end', width: '110px', isSecondary: true, cell: (survey) => <Average survey={survey} /> },
    { id: 'last', header: t('surveys.field.last'), align: 'end', width: '130px', isSecondary: true, cell: ({ lastResponseAt }) => (lastResponseAt ? <TimeAgo at={lastResponseAt} /> : '–') },
  ]
  return <Table label={name} rows={surveys} rowKey={({ id }) => id} columns={columns} onOpen={({ key }) => void navigate(`/settings/surveys/${key}`)} />
}
