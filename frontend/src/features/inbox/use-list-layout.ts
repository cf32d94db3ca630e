import { type RefCallback, useCallback, useMemo, useState } from 'react'
import { useViewer } from '@/features/session/viewer'
import { readStored, writeStored } from '@/lib/storage'
import { type Column, layOutList, type ListLayout, readColumns, writeColumns } from './list-columns'

/** Measures the element that the list stands in. The columns stay the same object while the same ones fit, so that rows are not drawn again. */
export function useListLayout(chosen: readonly Column[]): { ref: RefCallback<HTMLElement>; layout: ListLayout } {
  const [width, setWidth] = useState(0)
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return
    setWidth(element.clientWidth)
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const { columns, density, tracks } = layOutList(chosen, width)
  const names = writeColumns(columns)
  const stable = useMemo(() => readColumns(names), [names])
  return { ref, layout: { columns: stable, density, tracks } }
}

/** The columns this person chose, remembered for the next visit. */
export function useColumnChoice(): { columns: readonly Column[]; choose: (columns: readonly Column[]) => void } {
  const rememberedAs = `columns.${useViewer().id}`
  const [columns, setColumns] = useState(() => readColumns(readStored(rememberedAs)))
  function choose(next: readonly Column[]) {
    writeStored(rememberedAs, writeColumns(next))
    setColumns(next)
  }
  return { columns, choose }
}
