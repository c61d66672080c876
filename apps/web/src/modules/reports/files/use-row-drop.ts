import type { WorklistRow } from '@aliquot/contracts'
import { useEffect, useRef, useState, type DragEvent } from 'react'
import { carriesFiles } from './drop-zone.tsx'
import { takesFile } from './target-of.ts'

type Drop = 'here' | 'may' | 'no'

/** How long after the last sign of it a drag counts as over: browsers do not tell when it leaves the window. */
const silence = 400

/** Files dragged over a list of reports: which rows take them, and what was let go where. `row` is null beside the rows. */
export function useRowDrop(rows: readonly WorklistRow[], allowed: boolean, onDrop: (files: File[], row: WorklistRow | null) => void) {
  const [over, setOver] = useState<number | 'beside' | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  useEffect(() => () => void (timer.current && clearTimeout(timer.current)), [])
  if (!allowed) return { dragging: false, rowDrop: () => null, handlers: {} }

  const rowAt = ({ target }: DragEvent): WorklistRow | undefined => {
    const place = target instanceof Element ? target.closest('tr[aria-rowindex]')?.getAttribute('aria-rowindex') : null
    return place ? rows[Number(place) - 1] : undefined
  }
  const end = () => {
    if (timer.current) clearTimeout(timer.current)
    setOver(null)
  }
  return {
    dragging: over !== null,
    rowDrop: (row: WorklistRow): Drop | null => (over === null ? null : !takesFile(row) ? 'no' : over === row.reportId ? 'here' : 'may'),
    handlers: {
      onDragOver: (event: DragEvent) => {
        if (!carriesFiles(event)) return
        event.preventDefault()
        const row = rowAt(event)
        event.dataTransfer.dropEffect = row && !takesFile(row) ? 'none' : 'copy'
        setOver(row?.reportId ?? 'beside')
        if (timer.current) clearTimeout(timer.current)
        timer.current = setTimeout(end, silence)
      },
      onDrop: (event: DragEvent) => {
        if (!carriesFiles(event)) return
        event.preventDefault()
        end()
        const row = rowAt(event)
        const files = [...event.dataTransfer.files]
        if (files.length > 0 && (!row || takesFile(row))) onDrop(files, row ?? null)
      },
    },
  }
}
