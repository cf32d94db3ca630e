import { type PointerEvent, useState } from 'react'

/** Whether a mouse or pen rests over the element. A finger does not rest: it has left when something moves. */
export function usePointerInside() {
  const [isInside, setInside] = useState(false)
  const handlers = {
    onPointerEnter: ({ pointerType }: PointerEvent) => setInside(pointerType !== 'touch'),
    onPointerLeave: () => setInside(false),
  }
  return { isInside, handlers }
}
