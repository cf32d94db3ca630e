import { useStrings } from '@/app/i18n/use-strings'
import { TextField } from '@/ui/TextField'
import type { Language, Words } from './definition-editor'
import type { PathErrors } from './path-errors'
import styles from './QuestionsTab.module.css'

interface Props {
  label: string
  value: Words
  path: string
  errors: PathErrors
  isMultiline?: boolean
  onChange: (language: Language, text: string) => void
}

/** One text in both languages, side by side. */
export function TextPair({ label, value, path, errors, isMultiline, onChange }: Props) {
  const t = useStrings()
  return (
    <div className={styles.pair}>
      {(['fr', 'en'] as const).map((language) => (
        <div key={language} lang={language}>
          <TextField
            label={t('surveys.inLanguage', { label, language: t(`app.language.${language}`) })}
            isMultiline={isMultiline}
            rows={1}
            value={value[language]}
            onChange={(text) => onChange(language, text)}
            error={errors.get(`${path}.${language}`)}
          />
        </div>
      ))}
    </div>
  )
}
