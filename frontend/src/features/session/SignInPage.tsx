import { useState } from 'react'
import { activateLocale } from '@/app/i18n/i18n'
import { rememberLocale } from '@/app/i18n/preference'
import { useLocale, useStrings } from '@/app/i18n/use-strings'
import { refusalText } from '@/graphql/refusal-text'
import { useWrite } from '@/graphql/use-write'
import { Button } from '@/ui/Button'
import { Form } from '@/ui/Form'
import { Mark } from '@/ui/Mark'
import { TextField } from '@/ui/TextField'
import { SessionCreateDocument } from './session.generated'
import styles from './SignInPage.module.css'
import { useSession } from './viewer'

export default function SignInPage() {
  const t = useStrings()
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <div className={styles.brand}>
          <Mark size={32} />
          <h1>{t('session.title')}</h1>
        </div>
        <SignInForm />
      </div>
      <LanguageLink />
    </main>
  )
}

function SignInForm() {
  const t = useStrings()
  const { restart } = useSession()
  const { send, isSending } = useWrite(SessionCreateDocument)
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [missing, setMissing] = useState<{ email?: string; password?: string }>({})

  async function signIn() {
    const required = t('app.required')
    setMissing({ ...(!email.trim() && { email: required }), ...(!password && { password: required }) })
    if (!email.trim() || !password) return
    const outcome = await send({ email: email.trim(), password })
    if (outcome.ok) return restart()
    setError(outcome.unreachable ? t('app.error.unreachable.text') : refusalText(outcome.errors[0], t))
  }

  return (
    <Form onSubmit={signIn} error={error}>
      <TextField label={t('session.email')} type="email" autoComplete="username" autoFocus isRequired value={email} onChange={setEmail} error={missing.email} />
      <TextField label={t('session.password')} type="password" autoComplete="current-password" isRequired value={password} onChange={setPassword} error={missing.password} />
      <Button look="primary" type="submit" isPending={isSending}>
        {t('session.signIn')}
      </Button>
    </Form>
  )
}

function LanguageLink() {
  const t = useStrings()
  const other = useLocale() === 'fr' ? 'en' : 'fr'
  function switchLanguage() {
    rememberLocale(other)
    void activateLocale(other)
  }
  return (
    <Button look="quiet" size="small" onPress={switchLanguage}>
      <span lang={other}>{t(other === 'fr' ? 'app.language.fr' : 'app.language.en')}</span>
    </Button>
  )
}
