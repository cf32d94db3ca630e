import { ExternalLink } from 'lucide-react'
import { useState } from 'react'
import { useStrings } from '@/app/i18n/use-strings'
import { dataName } from '@/features/tickets/data-name'
import { CopyField } from '@/ui/CopyField'
import { TextField } from '@/ui/TextField'
import { PERSON_FIELDS, type PersonField, personalLink } from './personal-link'
import styles from './Surveys.module.css'

interface Props {
  publicUrl: string
  embeddedFields: readonly string[]
}

/** The address of the public page, with what the sender knows of the customer; nobody has to know how it is written. */
export function LinkBuilder({ publicUrl, embeddedFields }: Props) {
  const t = useStrings()
  const [embedded, setEmbedded] = useState<Record<string, string>>({})
  const [person, setPerson] = useState<Partial<Record<PersonField, string>>>({})
  const link = personalLink(publicUrl, { embedded, person })
  return (
    <div className={styles.stack}>
      <CopyField label={t('surveys.share.link')} value={link} copyLabel={t('edit.copy')} copiedLabel={t('edit.copied')} />
      <a href={link} target="_blank" rel="noreferrer" className={styles.person}>
        {t('surveys.share.open')}
        <ExternalLink size={14} aria-hidden />
      </a>
      <fieldset className={styles.fields}>
        <legend>{t('surveys.share.known')}</legend>
        <p className={styles.muted}>{t('surveys.share.known.text')}</p>
        <div className={styles.grid}>
          {embeddedFields.map((name) => (
            <TextField key={name} label={dataName(name)} value={embedded[name] ?? ''} onChange={(value) => setEmbedded({ ...embedded, [name]: value })} />
          ))}
          {PERSON_FIELDS.map((name) => (
            <TextField key={name} label={t(`surveys.share.person.${name}`)} value={person[name] ?? ''} onChange={(value) => setPerson({ ...person, [name]: value })} autoComplete="off" />
          ))}
        </div>
      </fieldset>
    </div>
  )
}
