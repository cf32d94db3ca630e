import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { useStrings } from '@/app/i18n/use-strings'
import { IconButton } from './Button'
import styles from './Dialog.module.css'

interface Props {
  title: string
  /** Pixels; a phone shows every dialog as a sheet. */
  width?: number
  onClose: () => void
  children: ReactNode
  /** A click outside closes it; false while something typed would be lost. */
  isDismissable?: boolean
  /** Nothing in it takes the focus: then its text does, so that a keyboard can scroll it. */
  isReadOnly?: boolean
}

/** A dialog that is open as long as it is rendered. */
export function Dialog({ title, width = 480, onClose, isDismissable = true, isReadOnly, children }: Props) {
  const t = useStrings()
  return (
    <ModalOverlay className={styles.overlay} isOpen isDismissable={isDismissable} onOpenChange={(isOpen) => isOpen || onClose()}>
      <Modal className={styles.modal} style={{ width: `min(${width}px, 100%)` }}>
        <AriaDialog className={styles.dialog}>
          <header className={styles.header}>
            <Heading slot="title" className={styles.title}>
              {title}
            </Heading>
            <IconButton icon={X} label={t('app.close')} size="small" onPress={onClose} />
          </header>
          <div className={styles.body} {...(isReadOnly && { tabIndex: 0, role: 'group', 'aria-label': title })}>
            {children}
          </div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

/** The buttons at the end of a dialog; the one that acts stands last. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <footer className={styles.actions}>{children}</footer>
}
