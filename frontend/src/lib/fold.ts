// What `kit/texts.py` does to texts on the server, for lists that are searched here; both are held to `fold-cases.json`.
const ALIKE: Record<string, string> = {
  ...same("‘’‚‛‹›ʹʻʼʽʾʿˈ′`", "'"),
  ...same('“”„‟«»″〃', '"'),
  ...same('\u2010\u2012\u2013\u2014\u2015\u2212\u2e3a\u2e3b\ufe58\u058a', '-'),
  ø: 'o', ł: 'l', đ: 'd', ð: 'd', ħ: 'h', ŧ: 't', ŋ: 'n', ə: 'e', ı: 'i', ȷ: 'j', œ: 'oe', æ: 'ae', þ: 'th', ß: 'ss', ς: 'σ',
}
const RESPELLED = new RegExp(`[${Object.keys(ALIKE).join('')}]`, 'gu')
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Mn}]/gu

function same(signs: string, sign: string): Record<string, string> {
  return Object.fromEntries([...signs].map((each) => [each, sign]))
}

/** The text without case, accents and the many forms of quotes and hyphens. */
export function fold(text: string): string {
  const plain = text.replace(/\u00b4/g, "'").normalize('NFKD').replace(UNSEEN, '').toLowerCase().normalize('NFKD').replace(UNSEEN, '')
  return plain.replace(RESPELLED, (sign) => ALIKE[sign] ?? sign)
}

/** Whether every word that was typed is in the text, in any order. */
export function hasWords(text: string, typed: string): boolean {
  const folded = fold(text)
  return fold(typed).split(/[\s"]+/u).every((word) => folded.includes(word))
}
