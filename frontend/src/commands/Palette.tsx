import { Autocomplete, Dialog, Header, Input, Menu, MenuItem, MenuSection, Modal, ModalOverlay, TextField } from 'react-aria-components'
import { useStrings } from '@/app/i18n/use-strings'
import { hasWords } from '@/lib/fold'
import { Keys } from '@/ui/Keys'
import type { Command } from './command'
import styles from './Palette.module.css'
import { useCommandRegistry } from './use-commands'
import { useCommandLabel } from './use-label'

interface Props {
  onClose: () => void
}

/** Runs any command of the screen by its name. Lives only while it is open, so its list is always today's. */
export default function Palette({ onClose }: Props) {
  const t = useStrings()
  const registry = useCommandRegistry()
  const groups = Map.groupBy(registry.list().filter((command) => !command.isQuiet), (command) => command.group)

  function run(id: unknown) {
    onClose()
    // After the dialog has given the focus back, so that a command may move it.
    setTimeout(() => registry.run(String(id)))
  }

  return (
    <ModalOverlay className={styles.overlay} isOpen isDismissable onOpenChange={(isOpen) => isOpen || onClose()}>
      <Modal className={styles.modal}>
        <Dialog className={styles.dialog} aria-label={t('app.palette')}>
          <Autocomplete filter={hasWords}>
            <TextField className={styles.search} aria-label={t('app.palette.search')} autoFocus>
              <Input className={styles.input} placeholder={t('app.palette.search')} />
            </TextField>
            <Menu className={styles.list} onAction={run} renderEmptyState={() => <p className={styles.empty}>{t('app.palette.none')}</p>}>
              {[...groups].map(([group, commands]) => (
                <MenuSection key={group}>
                  <Header className={styles.group}>{t(group)}</Header>
                  {commands.map((command) => (
                    <PaletteItem key={command.id} command={command} />
                  ))}
                </MenuSection>
              ))}
            </Menu>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function PaletteItem({ command }: { command: Command }) {
  const label = useCommandLabel()(command)
  const Icon = command.icon
  return (
    <MenuItem id={command.id} className={styles.item} textValue={label}>
      <span className={styles.icon}>{Icon && <Icon size={16} aria-hidden />}</span>
      <span className={styles.label}>{label}</span>
      {command.keys?.[0] && <Keys of={command.keys[0]} />}
    </MenuItem>
  )
}
