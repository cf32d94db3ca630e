import { X } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { useStrings } from '@/app/i18n/use-strings'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/TextField'
import styles from './QuestionsTab.module.css'

interface Props {
  names: string[]
  error: string | undefined
  onChange: (names: string[]) => void
}

/** Values that travel with an answer without being asked, such as a store or an order number. */
export function EmbeddedFields({ names, error, onChange }: Props) {
  const t = useStrings()
  const [typed, setTyped] = useState('')
  function add() {
    const name = typed.trim()
    if (!name) return
    if (!names.some((each) => each.toLowerCase() === name.toLowerCase())) onChange([...names, name])
    setTyped('')
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter') return
    event.preventDefault()
    add()
  }
  return (
    <section className={styles.embedded} aria-label={t('surveys.embedded')}>
      <h2 className={styles.subtitle}>{t('surveys.embedded')}</h2>
      <p className={styles.muted}>{t('surveys.embedded.text')}</p>
      <ul className={styles.chips}>
        {names.map((name) => (
          <li key={name} className={styles.chip}>
            {name}
            <AriaButton aria-label={t('surveys.embedded.remove', { name })} onPress={() => onChange(names.filter((each) => each !== name))}>
              <X size={12} aria-hidden />
            </AriaButton>
          </li>
        ))}
      </ul>
      <div className={styles.adder} onKeyDown={onKeyDown}>
        <TextField label={t('surveys.embedded.add')} value={typed} onChange={setTyped} error={error} />
        <Button onPress={add} isDisabled={!typed.trim()}>
          {t('surveys.embedded.add.do')}
        </Button>
      </div>
    </section>
  )
}
