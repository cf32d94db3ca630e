import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { type RefObject, useEffect, useRef, useState } from 'react'

export type Edge = 'before' | 'after'

/** Where a dropped item comes to stand, counted in the list without it. */
export function placeAfterDrop(from: number, over: number, edge: Edge): number {
  const gap = edge === 'before' ? over : over + 1
  return gap > from ? gap - 1 : gap
}

interface Options {
  id: string
  index: number
  /** Items move within one list only. */
  listId: string
  onDrop: (id: string, to: number) => void
}

interface Sortable {
  row: RefObject<HTMLLIElement | null>
  handle: RefObject<HTMLSpanElement | null>
  isDragged: boolean
  edge: Edge | null
}

/** A row of a list that is put elsewhere by its handle. The keyboard has commands of its own for the same. */
export function useSortable({ id, index, listId, onDrop }: Options): Sortable {
  const row = useRef<HTMLLIElement>(null)
  const handle = useRef<HTMLSpanElement>(null)
  const [isDragged, setDragged] = useState(false)
  const [edge, setEdge] = useState<Edge | null>(null)
  const latest = useRef(onDrop)
  useEffect(() => {
    latest.current = onDrop
  })
  useEffect(() => {
    const element = row.current
    if (!element || !handle.current) return
    const edgeAt = (y: number): Edge => {
      const { top, height } = element.getBoundingClientRect()
      return y < top + height / 2 ? 'before' : 'after'
    }
    return combine(
      draggable({
        element,
        dragHandle: handle.current,
        getInitialData: () => ({ listId, id, index }),
        onDragStart: () => setDragged(true),
        onDrop: () => setDragged(false),
      }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => source.data.listId === listId && source.data.id !== id,
        onDrag: ({ location }) => setEdge(edgeAt(location.current.input.clientY)),
        onDragLeave: () => setEdge(null),
        onDrop: ({ source, location }) => {
          setEdge(null)
          latest.current(String(source.data.id), placeAfterDrop(Number(source.data.index), index, edgeAt(location.current.input.clientY)))
        },
      }),
    )
  }, [id, index, listId])
  return { row, handle, isDragged, edge }
}
