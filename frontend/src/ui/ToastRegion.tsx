import { CircleAlert, CircleCheck, Info, X } from 'lucide-react'
import { useStrings } from '@/app/i18n/use-strings'
import { useStore } from '@/lib/store'
import { Button, IconButton } from './Button'
import styles from './ToastRegion.module.css'
import { dismissToast, type Toast, toasts } from './toasts'

const ICONS = { info: Info, success: CircleCheck, danger: CircleAlert }

export function ToastRegion() {
  const t = useStrings()
  const shown = useStore(toasts)
  return (
    <section className={styles.region} aria-label={t('app.notices')} aria-live="polite">
      {shown.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </section>
  )
}

function ToastCard({ toast }: { toast: Toast }) {
  const t = useStrings()
  const Icon = ICONS[toast.tone]
  function act() {
    dismissToast(toast.id)
    toast.action?.run()
  }
  return (
    <div className={styles.toast} role={toast.tone === 'danger' ? 'alert' : undefined}>
      <Icon className={styles[toast.tone]} size={16} aria-hidden />
      <p>{toast.text}</p>
      {toast.action && (
        <Button size="small" onPress={act}>
          {toast.action.label}
        </Button>
      )}
      <IconButton icon={X} label={t('app.close')} size="small" onPress={() => dismissToast(toast.id)} />
    </div>
  )
}
