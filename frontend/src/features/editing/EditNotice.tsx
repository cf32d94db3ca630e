import { type Translate, useStrings } from '@/app/i18n/use-strings'
import { Notice } from '@/ui/Notice'
import styles from './EditNotice.module.css'
import { generalRefusal } from './refusals'
import type { Edit } from './use-edit'

interface Props<Values> {
  edit: Edit<Values>
  /** What is being edited, as people call it. */
  name: string
  /** The names of the fields on the screen, by field. */
  labels: Partial<Record<keyof Values & string, string>>
  /** A value as people read it, for fields that hold something else, such as an id; null leaves it as it is. */
  show?: (field: keyof Values & string, value: unknown) => string | null
}

/** Above a form: a refusal that belongs to no field, or who was faster and what stands there now. */
export function EditNotice<Values>({ edit, name, labels, show }: Props<Values>) {
  const t = useStrings()
  const general = generalRefusal(edit.refusals, Object.keys(labels))
  const { conflict } = edit
  const words = (field: keyof Values & string) => {
    const value = conflict?.current[field]
    return (show?.(field, value) ?? plainWords(value, t)) || t('edit.conflict.empty')
  }
  if (!general && !conflict) return null
  return (
    <div className={styles.notices}>
      {general && <Notice tone="danger">{general}</Notice>}
      {conflict && (
        <Notice tone="warning">
          {t('edit.conflict', { name })}
          {conflict.fields.length > 0 && (
            <ul className={styles.fields}>
              {conflict.fields.map((field) => (
                <li key={String(field)}>{t('edit.conflict.now', { field: labels[field as keyof Values & string] ?? String(field), value: words(field as keyof Values & string) })}</li>
              ))}
            </ul>
          )}
        </Notice>
      )}
    </div>
  )
}

function plainWords(value: unknown, t: Translate): string {
  if (typeof value === 'boolean') return t(value ? 'edit.yes' : 'edit.no')
  if (value === 'FR' || value === 'EN') return t(value === 'FR' ? 'app.language.fr' : 'app.language.en')
  return String(value ?? '')
}
