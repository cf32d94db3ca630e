/** What a row can show beside status, number, score and customer, from left to right. */
export const COLUMNS = ['survey', 'segment', 'team', 'assignee', 'priority', 'due', 'created', 'activity'] as const
export type Column = (typeof COLUMNS)[number]

export const DEFAULT_COLUMNS: readonly Column[] = ['assignee', 'priority', 'due', 'activity']

/** How a row is drawn: in full, with a bare priority, with bare signs, on two lines. */
export type Density = 'wide' | 'medium' | 'narrow' | 'phone'

export interface ListLayout {
  columns: readonly Column[]
  density: Density
  /** For `grid-template-columns`. */
  tracks: string
}

/** Where there is not room for all, these stay longest. */
const IMPORTANCE: readonly Column[] = ['assignee', 'activity', 'due', 'priority', 'survey', 'segment', 'team', 'created']

/** Pixels at least, and the share of what is left over. */
type Size = [least: number, share?: number]

interface Measures {
  from: number
  gap: number
  fixed: [status: Size, key: Size, score: Size, customer: Size]
  columns: Partial<Record<Column, Size>>
}

const PADDING = 32
const TEXTS: Partial<Record<Column, Size>> = { survey: [90, 0.9], segment: [80, 0.6], team: [100, 0.7], assignee: [110, 0.8], due: [116], created: [84] }
const MEASURES: Record<Density, Measures> = {
  wide: { from: 1120, gap: 12, fixed: [[100], [56], [46], [260, 2.4]], columns: { ...TEXTS, priority: [84], activity: [68] } },
  medium: { from: 820, gap: 12, fixed: [[92], [54], [46], [220, 2.4]], columns: { ...TEXTS, priority: [20], activity: [62] } },
  narrow: { from: 400, gap: 8, fixed: [[18], [48], [42], [96, 1]], columns: { assignee: [20], activity: [58] } },
  phone: { from: 0, gap: 0, fixed: [[0], [0], [0], [0]], columns: { assignee: [0], activity: [0] } },
}
const DENSITIES: readonly Density[] = ['wide', 'medium', 'narrow', 'phone']

/** The chosen columns that fit into a list of this width. */
export function layOutList(chosen: readonly Column[], width: number): ListLayout {
  const density = DENSITIES.find((each) => width >= MEASURES[each].from) ?? 'phone'
  const { gap, fixed, columns: sizes } = MEASURES[density]
  let room = width - PADDING - fixed.reduce((sum, [least]) => sum + least, (fixed.length - 1) * gap)
  const fitting = IMPORTANCE.filter((column) => {
    const size = chosen.includes(column) && sizes[column]
    if (!size || size[0] + gap > room) return false
    room -= size[0] + gap
    return true
  })
  const columns = COLUMNS.filter((column) => fitting.includes(column))
  const tracks = [...fixed, ...columns.map((column): Size => sizes[column] ?? [0])].map(trackOf).join(' ')
  return { columns, density, tracks }
}

function trackOf([least, share]: Size): string {
  return share ? `minmax(${least}px, ${share}fr)` : `${least}px`
}

export function readColumns(stored: string | null): readonly Column[] {
  if (stored === null) return DEFAULT_COLUMNS
  const names = stored.split(',')
  return COLUMNS.filter((column) => names.includes(column))
}

export function writeColumns(columns: readonly Column[]): string {
  return columns.join(',')
}
