import type { KeyboardEvent } from 'react'

/** Enter and the arrows go from field to field of a column, as on a worksheet. */
export function moveByKeys(event: KeyboardEvent): void {
  const field = event.target
  if (!(field instanceof HTMLInputElement) || field.dataset.column === undefined || event.ctrlKey || event.metaKey || event.altKey) return
  const step = event.key === 'ArrowUp' || (event.key === 'Enter' && event.shiftKey) ? -1 : event.key === 'ArrowDown' || event.key === 'Enter' ? 1 : 0
  if (step === 0) return
  event.preventDefault()
  moveFrom(field, step)
}

/** To the next field of the same column, if there is one. */
export function moveFrom(field: HTMLInputElement, step: 1 | -1): void {
  const column = [...document.querySelectorAll<HTMLInputElement>(`input[data-column="${field.dataset.column ?? ''}"]`)].filter(({ disabled }) => !disabled)
  const next = column[column.indexOf(field) + step]
  next?.focus()
  next?.select()
}
