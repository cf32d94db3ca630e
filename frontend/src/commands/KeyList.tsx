import { useStrings } from '@/app/i18n/use-strings'
import { Dialog } from '@/ui/Dialog'
import { Keys } from '@/ui/Keys'
import styles from './KeyList.module.css'
import { useCommandRegistry } from './use-commands'
import { useCommandLabel } from './use-label'

interface Props {
  onClose: () => void
}

/** Every key that works on this screen, by group. */
export default function KeyList({ onClose }: Props) {
  const t = useStrings()
  const labelOf = useCommandLabel()
  const commands = useCommandRegistry().list()
  const groups = Map.groupBy(commands.filter((command) => command.keys?.length || command.listKeys?.length), (command) => command.group)
  return (
    <Dialog title={t('app.keys')} width={680} isReadOnly onClose={onClose}>
      <div className={styles.columns}>
        {[...groups].map(([group, members]) => (
          <section key={group} className={styles.group}>
            <h3>{t(group)}</h3>
            <dl>
              {members.map((command) => (
                <div key={command.id} className={styles.line}>
                  <dt>{labelOf(command)}</dt>
                  <dd>
                    {[...(command.keys ?? []), ...(command.listKeys ?? [])].map((key) => <Keys key={key} of={key} />)}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
