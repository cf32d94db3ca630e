import { FileQuestion } from 'lucide-react'
import type { MessageKey } from '@/app/i18n/i18n'
import { useStrings } from '@/app/i18n/use-strings'
import { ButtonLink } from '@/ui/ButtonLink'
import { EmptyState, ScreenState } from '@/ui/States'

/** The page of something that is gone. */
export function NotFoundState({ to, backTo }: { to: string; backTo: MessageKey }) {
  const t = useStrings()
  return (
    <ScreenState>
      <EmptyState icon={FileQuestion} title={t('edit.notFound')} text={t('edit.notFound.text')} action={<ButtonLink to={to}>{t(backTo)}</ButtonLink>} />
    </ScreenState>
  )
}
