export const strings = {
  'session.title': 'Se connecter à Boucle',
  'session.email': 'Adresse e-mail',
  'session.password': 'Mot de passe',
  'session.signIn': 'Se connecter',
  'session.signOut': 'Se déconnecter',
} as const
