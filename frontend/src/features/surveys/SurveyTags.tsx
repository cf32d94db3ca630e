import { useStrings } from '@/app/i18n/use-strings'
import { Tag, Tags } from '@/ui/Tag'
import { surveyState } from './survey-state'
import type { SurveyRowFragment } from './surveys.generated'

export function SurveyTags({ survey }: { survey: SurveyRowFragment }) {
  const t = useStrings()
  const state = surveyState(survey)
  return (
    <Tags>
      <Tag tone={state === 'open' ? 'good' : 'plain'}>{t(`surveys.state.${state}`)}</Tag>
      {survey.published && survey.hasUnpublishedChanges && <Tag tone="warning">{t('surveys.unpublished')}</Tag>}
    </Tags>
  )
}
