import type { MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Tone } from '../../theme/tones.ts'
import { toneStyle } from '../tone-style.ts'
import type { Column } from './columns.ts'
import classes from './data-table.module.css'

interface DataRowProps<T> {
  id: string
  index: number
  row: T
  columns: readonly Column<T>[]
  active: boolean
  /** undefined: rows cannot be selected. */
  selected: boolean | undefined
  tone: Tone | null
  drop: 'here' | 'may' | 'no' | null
  href: string | undefined
  opens: boolean
  onSelect: (range: boolean) => void
  onOpen: (newTab: boolean) => void
}

export function DataRow<T>({ id, index, row, columns, active, selected, tone, drop, href, opens, onSelect, onOpen }: DataRowProps<T>) {
  const { t } = useTranslation('ui')
  const onClick = (event: MouseEvent) => {
    if (event.defaultPrevented || !opens || belongsToControl(event) || getSelection()?.toString()) return
    if (event.shiftKey && selected !== undefined) onSelect(true)
    else onOpen(event.ctrlKey || event.metaKey || event.button === 1)
    event.preventDefault()
  }
  return (
    <tr
      id={id} aria-rowindex={index + 1} aria-selected={selected} data-active={active || undefined} data-opens={opens || undefined}
      data-tone={tone ?? undefined} data-drop={drop ?? undefined} style={tone ? toneStyle(tone) : undefined} onClick={onClick}
      onAuxClick={(event) => event.button === 1 && onClick(event)}
    >
      {selected !== undefined && (
        <td className={classes.check}>
          <input
            type="checkbox" tabIndex={-1} checked={selected} aria-label={t('table.select_row')} onChange={() => {}}
            onClick={(event) => onSelect(event.shiftKey)}
          />
        </td>
      )}
      {columns.map((column, at) => (
        <td key={column.key} data-align={column.align} title={column.title?.(row)}>
          {at === 0 && href !== undefined
            ? <a href={href} tabIndex={-1} data-row-link className={classes.link}>{column.cell(row)}</a>
            : column.cell(row)}
        </td>
      ))}
    </tr>
  )
}

/** A click on a button, link or box inside the row is theirs. */
function belongsToControl({ target, currentTarget }: MouseEvent): boolean {
  const control = target instanceof Element ? target.closest('button, input, select, label, a:not([data-row-link])') : null
  return control !== null && currentTarget.contains(control)
}

export function SkeletonRows({ columns, selectable }: { columns: readonly Column<never>[]; selectable: boolean }) {
  return Array.from({ length: 12 }, (_, row) => (
    <tr key={row} aria-hidden className={classes.skeleton} style={{ opacity: 1 - row * 0.07 }}>
      {selectable && <td />}
      {columns.map((column, at) => (
        <td key={column.key} data-align={column.align}><span style={{ width: `${45 + ((row * 37 + at * 23) % 45)}%` }} /></td>
      ))}
    </tr>
  ))
}
