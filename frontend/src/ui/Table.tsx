import { ArrowDown, ArrowUp } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from '@/lib/class-names'
import styles from './Table.module.css'

export interface Column<Row, Id extends string = string> {
  id: Id
  header: string
  cell: (row: Row) => ReactNode
  /** CSS grid track, such as "minmax(160px, 1fr)" or "96px". */
  width?: string
  align?: 'end'
  /** Its cells speak for themselves, such as buttons; the header is there for screen readers. */
  isHeaderHidden?: boolean
  isSortable?: boolean
  /** Left out on a phone. */
  isSecondary?: boolean
}

export interface Sort<Id extends string = string> {
  column: Id
  direction: 'ASC' | 'DESC'
}

interface Props<Row, Id extends string> {
  label: string
  columns: Column<Row, Id>[]
  rows: Row[]
  rowKey: (row: Row) => string
  sort?: Sort<Id>
  onSort?: (column: Id) => void
  /** A row that leads somewhere: its first cell should hold the link for keyboards. */
  onOpen?: (row: Row) => void
  /** On a phone the cells of a row stand below each other; for rows with more to say than a line. */
  isStacked?: boolean
}

/** A plain table of some dozens of rows (settings, a contact's tickets). The inbox has a virtual one of its own. */
export function Table<Row, Id extends string>({ label, columns, rows, rowKey, sort, onSort, onOpen, isStacked }: Props<Row, Id>) {
  return (
    <table className={classNames(styles.table, isStacked && styles.stacked)} aria-label={label}>
      <thead>
        <tr>
          {columns.map((column) => (
            <HeaderCell key={column.id} column={column} sort={sort} onSort={onSort} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)} className={classNames(onOpen && styles.opens)} onClick={onOpen && (() => onOpen(row))}>
            {columns.map((column) => (
              <td key={column.id} className={cellClass(column)} data-label={isStacked && !column.isHeaderHidden ? column.header : undefined}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function cellClass<Row>({ align, isSecondary }: Column<Row>): string {
  return classNames(align === 'end' && styles.end, isSecondary && styles.secondary)
}

interface HeaderProps<Row, Id extends string> {
  column: Column<Row, Id>
  sort?: Sort<Id>
  onSort?: (column: Id) => void
}

function HeaderCell<Row, Id extends string>({ column, sort, onSort }: HeaderProps<Row, Id>) {
  const direction = sort?.column === column.id ? sort.direction : null
  const Arrow = direction === 'ASC' ? ArrowUp : ArrowDown
  return (
    <th
      scope="col"
      className={cellClass(column as Column<Row>)}
      style={{ width: column.width }}
      aria-sort={direction === null ? undefined : direction === 'ASC' ? 'ascending' : 'descending'}
    >
      {column.isSortable && onSort ? (
        <button type="button" className={styles.sort} onClick={() => onSort(column.id)}>
          {column.header}
          {direction && <Arrow size={12} aria-hidden />}
        </button>
      ) : (
        <span className={column.isHeaderHidden ? 'visually-hidden' : undefined}>{column.header}</span>
      )}
    </th>
  )
}
