import { describe, expect, test } from 'vitest'
import { COLUMNS, DEFAULT_COLUMNS, layOutList, readColumns, writeColumns } from './list-columns'

describe('the columns of the list', () => {
  test('are all there where there is room', () => {
    expect(layOutList(DEFAULT_COLUMNS, 1216)).toMatchObject({ density: 'wide', columns: DEFAULT_COLUMNS })
    expect(layOutList(COLUMNS, 1700).columns).toEqual(COLUMNS)
  })

  test('leave from the least important one on where there is not, and never stick out', () => {
    expect(layOutList(COLUMNS, 1216).columns).toEqual(['survey', 'segment', 'assignee', 'priority', 'due', 'activity'])
    for (let width = 400; width < 1800; width += 10) {
      const { tracks, columns } = layOutList(COLUMNS, width)
      const least = [...tracks.matchAll(/(\d+)px/g)].reduce((sum, [, pixels]) => sum + Number(pixels), 0)
      const gaps = (columns.length + 3) * (width < 820 ? 8 : 12)
      expect(least + gaps + 32).toBeLessThanOrEqual(width)
    }
  })

  test('that were not chosen make room for others', () => {
    expect(layOutList(['survey', 'created'], 900).columns).toEqual(['survey', 'created'])
    expect(layOutList([], 1200).tracks).toBe('100px 56px 46px minmax(260px, 2.4fr)')
  })

  test('are signs beside an open ticket, and two lines on a phone', () => {
    expect(layOutList(DEFAULT_COLUMNS, 430)).toMatchObject({ density: 'narrow', columns: ['assignee', 'activity'] })
    expect(layOutList(DEFAULT_COLUMNS, 390)).toMatchObject({ density: 'phone', columns: ['assignee', 'activity'] })
  })

  test('are remembered, unknown ones forgotten', () => {
    expect(readColumns(null)).toBe(DEFAULT_COLUMNS)
    expect(readColumns(writeColumns(['team', 'due']))).toEqual(['team', 'due'])
    expect(readColumns('due,colour')).toEqual(['due'])
    expect(readColumns('')).toEqual([])
  })
})
