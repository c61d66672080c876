import { useViewportSize } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useId, useRef, type CSSProperties, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { RowSource } from '../../platform/queries.ts'
import type { Tone } from '../../theme/tones.ts'
import { EmptyState, ErrorState } from '../states.tsx'
import { leastWidth, type Column } from './columns.ts'
import { DataRow, SkeletonRows } from './data-rows.tsx'
import classes from './data-table.module.css'
import type { RowKey, Selection } from './selection.ts'
import { TableHead } from './table-head.tsx'
import { useLoadOnSight } from './use-load-on-sight.ts'
import { usePageKeys, useRowCursor } from './use-row-cursor.ts'
import { heightOfRow, useVisibleRows } from './use-visible-rows.ts'

export interface DataTableProps<T> {
  /** Says what is listed, to those who cannot see it. */
  label: string
  columns: readonly Column<T>[]
  source: RowSource<T>
  rowKey: (row: T) => RowKey
  /** Where a row leads. With it, Ctrl-click opens a new tab. */
  href?: (row: T) => string
  onOpen?: (row: T) => void
  selection?: Selection
  /** Shown at the bottom while rows are selected: what can be done with them. */
  selectionBar?: ReactNode
  /** A bar at the row's edge, for what needs attention. A word in a cell must say the same. */
  rowTone?: (row: T) => Tone | null
  /** While something is dragged over the list: whether a row would take it. */
  rowDrop?: (row: T) => 'here' | 'may' | 'no' | null
  empty?: ReactNode
  /** `fill` takes the height that the page leaves (Page layout="fill"); `content` grows with its rows. */
  height?: 'fill' | 'content'
  /** The page's main list: its keys work while nothing else has the focus. */
  primary?: boolean
  /** Rows of two lines. */
  tall?: boolean
  /** The row that is current when the list opens: the one somebody comes back from. */
  startAt?: RowKey | null
}

/** A dense list. ↑↓ or j k move, Enter opens, x selects, Shift extends, Ctrl+A selects all that is loaded. */
export function DataTable<T>(props: DataTableProps<T>) {
  const { label, source, rowKey, href, onOpen, selection, selectionBar, rowTone, rowDrop, empty, height = 'fill', primary = false, tall = false, startAt = null } = props
  const { t } = useTranslation('ui')
  const navigate = useNavigate()
  const { width: screen } = useViewportSize()
  const scroller = useRef<HTMLDivElement>(null)
  const table = useRef<HTMLTableElement>(null)
  const base = useId()

  const { rows } = source
  const columns = props.columns.filter(({ minScreen }) => minScreen === undefined || screen === 0 || screen >= minScreen)
  const bare = columns as readonly Column<never>[]
  const keys = rows.map(rowKey)
  const rowHeight = heightOfRow(tall)
  const visible = useVisibleRows(rows.length, rowHeight, table, height === 'fill')
  const sentinel = useLoadOnSight(source, height === 'fill' ? scroller : null)

  const open = (row: T, newTab: boolean) => {
    const to = href?.(row)
    if (to === undefined) onOpen?.(row)
    else if (newTab) window.open(to, '_blank')
    else void navigate({ href: to })
  }
  const cursor = useRowCursor({
    keys,
    selection,
    startAt,
    page: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 600) / rowHeight) - 2),
    open: (index) => rows.slice(index, index + 1).forEach((row) => open(row, false)),
    reveal: (index) => {
      visible.reveal(index)
      requestAnimationFrame(() => document.getElementById(`${base}-${index}`)?.scrollIntoView({ block: 'nearest' }))
    },
  })
  usePageKeys(primary, table, cursor.onKeyDown)

  const row = (index: number) => rows.slice(index, index + 1).map((each) => {
    const key = rowKey(each)
    return (
      <DataRow
        key={key} id={`${base}-${index}`} index={index} row={each} columns={columns} active={index === cursor.active}
        tone={rowTone?.(each) ?? null} drop={rowDrop?.(each) ?? null} href={href?.(each)} opens={Boolean(href ?? onOpen)} selected={selection?.keys.has(key)}
        onSelect={(range) => (range ? selection?.extend(keys, key) : selection?.toggle(key))}
        onOpen={(newTab) => {
          cursor.setActiveKey(key)
          open(each, newTab)
        }}
      />
    )
  })
  const gap = (pixels: number) => pixels > 0 && <tr aria-hidden style={{ height: pixels }}><td colSpan={columns.length + (selection ? 1 : 0)} /></tr>

  return (
    <div className={`${classes.frame} ${height === 'fill' ? classes.fill : ''}`} style={{ '--this-row': `${rowHeight}px` } as CSSProperties}>
      {source.isRefreshing && source.status === 'ready' && <div className={classes.refreshing} />}
      <div className={classes.scroller} ref={scroller} data-scroller>
        <table
          ref={table} role="grid" tabIndex={0} className={classes.table} style={{ minWidth: leastWidth(bare, selection !== undefined) }}
          aria-label={label} aria-rowcount={source.hasMore ? -1 : rows.length} aria-busy={source.status === 'loading'}
          aria-multiselectable={selection ? true : undefined} aria-activedescendant={cursor.active >= 0 ? `${base}-${cursor.active}` : undefined}
          onKeyDown={(event) => event.target === event.currentTarget && cursor.onKeyDown(event)}
          onFocus={(event) => event.target === event.currentTarget && cursor.begin()}
        >
          <TableHead columns={bare} keys={keys} selection={selection} />
          <tbody>
            {source.status === 'loading' && <SkeletonRows columns={bare} selectable={selection !== undefined} />}
            {gap(visible.before)}
            {visible.indexes.flatMap(row)}
            {gap(visible.after)}
          </tbody>
        </table>
        {source.status === 'failed' && source.problem && <ErrorState problem={source.problem} onRetry={source.retry} />}
        {source.status === 'ready' && rows.length === 0 && (empty ?? <EmptyState title={t('table.nothing')} />)}
        <div ref={sentinel} className={classes.more}>{source.isLoadingMore && t('table.loading_more')}</div>
      </div>
      {selection && selection.keys.size > 0 && (
        <div className={classes.selectionBar} role="status">
          <strong>{t('table.selected', { count: selection.keys.size })}</strong>
          {selectionBar}
          <button type="button" className={classes.plainButton} onClick={selection.clear}>{t('table.clear_selection')}</button>
        </div>
      )}
    </div>
  )
}
