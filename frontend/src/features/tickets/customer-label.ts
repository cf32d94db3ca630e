import type { Translate } from '@/app/i18n/use-strings'

/** The customer as the answer named them; one who gave no name is anonymous in the language of the screen. */
export function customerLabel({ customerName }: { customerName: string | null }, t: Translate): string {
  return customerName ?? t('tickets.customer.anonymous')
}
