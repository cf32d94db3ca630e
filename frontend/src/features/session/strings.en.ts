import type { strings as french } from './strings.fr'

export const strings: Record<keyof typeof french, string> = {
  'session.title': 'Sign in to Boucle',
  'session.email': 'E-mail address',
  'session.password': 'Password',
  'session.signIn': 'Sign in',
  'session.signOut': 'Sign out',
}
