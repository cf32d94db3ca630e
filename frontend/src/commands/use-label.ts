import { useStrings } from '@/app/i18n/use-strings'
import type { Command } from './command'

export function useCommandLabel(): (command: Command) => string {
  const t = useStrings()
  return ({ label }) => (typeof label === 'string' ? t(label) : label.text)
}
