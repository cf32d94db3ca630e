/** How the digits after a country code are grouped where most of our customers live; the last group takes the rest. */
const GROUPS: Record<string, number[]> = {
  '1': [3, 3, 4],
  '31': [2, 3, 4],
  '32': [3, 2, 2, 2],
  '33': [1, 2, 2, 2, 2],
  '34': [3, 3, 3],
  '39': [3, 3, 4],
  '41': [2, 3, 2, 2],
  '44': [3, 3, 4],
  '49': [3, 4, 4],
  '352': [3, 3, 3],
  '377': [2, 2, 2, 2],
}
const TWO_DIGIT_CODES = /^(20|27|3[0-469]|4[013-9]|5[1-8]|6[0-6]|7\d|8[1246]|9[0-58])/

function countryCodeOf(digits: string): string {
  if (digits.startsWith('1') || digits.startsWith('7')) return digits.slice(0, 1)
  return digits.slice(0, TWO_DIGIT_CODES.test(digits) ? 2 : 3)
}

function group(digits: string, sizes: readonly number[]): string[] {
  const [size = 3, ...others] = sizes
  // A single digit at the end belongs to the group before it.
  if (digits.length <= size + 1) return digits ? [digits] : []
  return [digits.slice(0, size), ...group(digits.slice(size), others)]
}

/** "+33612345678" as people read it: "+33 6 12 34 56 78". Anything that is not E.164 stays as it is. */
export function groupPhone(phone: string): string {
  if (!/^\+\d{7,15}$/.test(phone)) return phone
  const code = countryCodeOf(phone.slice(1))
  return [`+${code}`, ...group(phone.slice(1 + code.length), GROUPS[code] ?? [])].join(' ')
}
