export const strings = {
  'settings.title': 'Réglages',
} as const
