import { Trans, useLingui } from '@lingui/react'
import { type ReactNode, useCallback } from 'react'
import { useNow } from '@/lib/now'
import type { Locale, MessageKey } from './i18n'
import { formatsFor, type Formats } from './formats'
import { useTimeZone } from './time-zone'

export type Values = Record<string, string | number | null | undefined>
export type Translate = (key: MessageKey, values?: Values) => string

/** `t('inbox.title')`: the words of the screen in the language of the person. */
export function useStrings(): Translate {
  // The context is new whenever the language changes, and so must be what depends on the words.
  const { _ } = useLingui()
  return useCallback((key, values) => _({ id: key, values }), [_])
}

/** A sentence with elements inside: `<Sentence id="…" values={{ who: <b>Ana</b> }} />`. */
export function Sentence({ id, values }: { id: MessageKey; values: Record<string, ReactNode> }) {
  return <Trans id={id} values={values} />
}

export function useLocale(): Locale {
  return useLingui().i18n.locale === 'en' ? 'en' : 'fr'
}

/** Dates, durations and numbers as the language writes them, in the person's time zone. */
export function useFormats(): Formats {
  return formatsFor(useLocale(), useTimeZone())
}

/** "3 min ago", kept true while it is on the screen; the exact time in its title. */
export function TimeAgo({ at }: { at: string }) {
  const formats = useFormats()
  const now = useNow()
  return (
    <time dateTime={at} title={formats.dateTime(at)}>
      {formats.ago(at, now)}
    </time>
  )
}
