import { TriangleAlert } from 'lucide-react'
import { Component, type ReactNode } from 'react'
import { Button } from '@/ui/Button'
import { EmptyState, ScreenState } from '@/ui/States'
import { useStrings } from './i18n/use-strings'

interface Props {
  /** A new value, such as another address, is another try. */
  resetOn?: string
  children: ReactNode
}

interface State {
  hasFailed: boolean
  resetOn?: string
}

/** A bug in one screen leaves the rest of the product standing. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { hasFailed: false, resetOn: this.props.resetOn }

  static getDerivedStateFromError() {
    return { hasFailed: true }
  }

  static getDerivedStateFromProps({ resetOn }: Props, state: State): State | null {
    return resetOn === state.resetOn ? null : { hasFailed: false, resetOn }
  }

  override render() {
    return this.state.hasFailed ? <FailedScreen /> : this.props.children
  }
}

function FailedScreen() {
  const t = useStrings()
  return (
    <ScreenState>
      <EmptyState
        icon={TriangleAlert}
        title={t('app.error.page')}
        text={t('app.error.page.text')}
        action={<Button onPress={() => location.reload()}>{t('app.reload')}</Button>}
      />
    </ScreenState>
  )
}
