export type Direction = 'up' | 'down' | 'left' | 'right'

const CARD = '[data-card]'

/** The card to go to from another one, or from none; null where there is none. What is drawn decides: columns are virtual. */
export function cardBeside(board: HTMLElement, fromId: string | null, direction: Direction): string | null {
  const columns = [...board.querySelectorAll<HTMLElement>('[role="listitem"]')].map(cardsFromTop).filter((cards) => cards.length > 0)
  const place = columns.findIndex((cards) => cards.some((card) => card.dataset.card === fromId))
  const column = columns[place]
  if (!column) return columns[0]?.[0]?.dataset.card ?? null
  const index = column.findIndex((card) => card.dataset.card === fromId)
  if (direction === 'up' || direction === 'down') return idOf(column[index + (direction === 'down' ? 1 : -1)])
  const beside = columns[place + (direction === 'right' ? 1 : -1)]
  return beside ? idOf(nearestTo(column[index], beside)) : null
}

function cardsFromTop(column: HTMLElement): HTMLElement[] {
  return [...column.querySelectorAll<HTMLElement>(CARD)].toSorted((a, b) => topOf(a) - topOf(b))
}

function nearestTo(card: HTMLElement | undefined, cards: HTMLElement[]): HTMLElement | undefined {
  const distance = (each: HTMLElement) => Math.abs(topOf(each) - (card ? topOf(card) : 0))
  return cards.toSorted((a, b) => distance(a) - distance(b))[0]
}

const topOf = (element: HTMLElement) => element.getBoundingClientRect().top
const idOf = (card: HTMLElement | undefined) => card?.dataset.card ?? null

/** The link is what has the focus: it says number, customer and subject. */
export function focusCard(board: HTMLElement | null, id: string): boolean {
  const link = board?.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"] a`)
  link?.focus()
  return Boolean(link)
}
