import type { ReactNode } from 'react'
import { useStrings } from '@/app/i18n/use-strings'
import { Button } from './Button'
import { Dialog, DialogActions } from './Dialog'
import { Form } from './Form'

interface Props {
  title: string
  /** What will happen, and what will not. */
  children: ReactNode
  confirmLabel: string
  isDanger?: boolean
  isPending?: boolean
  isDisabled?: boolean
  /** Why it was refused. */
  error?: string | null
  onConfirm: () => void
  onClose: () => void
}

/** Asks once more before what cannot be taken back. */
export function ConfirmDialog({ title, children, confirmLabel, isDanger, isPending, isDisabled, error, onConfirm, onClose }: Props) {
  const t = useStrings()
  return (
    <Dialog title={title} width={440} onClose={onClose}>
      <Form onSubmit={onConfirm} error={error}>
        {children}
        <DialogActions>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button look={isDanger ? 'danger' : 'primary'} type="submit" isPending={isPending} isDisabled={isDisabled}>
            {confirmLabel}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  )
}
