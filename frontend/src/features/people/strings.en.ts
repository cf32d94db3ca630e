import type { strings as french } from './strings.fr'

export const strings: Record<keyof typeof french, string> = {
}
