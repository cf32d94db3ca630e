import { TriangleAlert } from 'lucide-react'
import { Component, type ReactNode } from 'react'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/States'
import { useStrings } from './i18n/use-strings'

interface Props {
  children: ReactNode
}

/** A bug in one screen leaves the rest of the product standing. */
export class ErrorBoundary extends Component<Props, { hasFailed: boolean }> {
  override state = { hasFailed: false }

  static getDerivedStateFromError() {
    return { hasFailed: true }
  }

  override render() {
    return this.state.hasFailed ? <FailedScreen /> : this.props.children
  }
}

function FailedScreen() {
  const t = useStrings()
  return (
    <EmptyState
      icon={TriangleAlert}
      title={t('app.error.page')}
      text={t('app.error.page.text')}
      action={<Button onPress={() => location.reload()}>{t('app.reload')}</Button>}
    />
  )
}
