import { suggested, type Shown } from '@aliquot/dicom'
import type { Point } from './frame.ts'
import type { View } from './load-pixels.ts'

export interface Measure { from: Point; to: Point }
/** How one image is looked at. `shown` null: as it suggests itself. */
export interface Look { shown: Shown | null; invert: boolean; measures: readonly Measure[] }
export const firstLook: Look = { shown: null, invert: false, measures: [] }

export type Tool = 'window' | 'pan' | 'measure'

export const shownOf = (view: View, { shown }: Look): Exclude<Shown, 'voi'> | 'voi' => (view.kind === 'gray' ? (shown ?? suggested(view.meaning)) : 'voi')

/** A window that can be dragged: the file's own table has no centre, so dragging starts from the least to the greatest value. */
const asWindow = (view: View, look: Look): Exclude<Shown, 'voi'> => {
  const shown = shownOf(view, look)
  if (shown !== 'voi') return shown
  return view.kind === 'gray' ? (suggested({ ...view.meaning, windows: [], voi: null }) as Exclude<Shown, 'voi'>) : { center: 128, width: 256 }
}

/** To the right is more contrast range, up is brighter: a pane's width of dragging is the whole range of values. */
export const dragged = (view: View, look: Look, right: number, up: number): Look => {
  if (view.kind !== 'gray') return look
  const { min, max, slope } = view.meaning
  const range = Math.max(1, (max - min) * Math.abs(slope))
  const { center, width, shape = 'linear' } = asWindow(view, look)
  return { ...look, shown: { center: center - up * range, width: Math.max(range / 500, width + right * range), shape } }
}

export interface Preset { name: string | null; key: 'suggested' | 'file' | 'voi' | 'auto' | 'full'; shown: Shown | null }

/** The file's windows by name, its own table, and two that are worked out. */
export const presetsOf = (view: View): Preset[] => {
  if (view.kind !== 'gray') return []
  const { windows, voi } = view.meaning
  const full = suggested({ ...view.meaning, windows: [], voi: null })
  return [
    ...windows.slice(0, 5).map((window): Preset => ({ name: window.name || null, key: 'file', shown: window })),
    ...(voi ? [{ name: null, key: 'voi', shown: 'voi' } as const] : []),
    { name: null, key: 'auto', shown: view.auto }, { name: null, key: 'full', shown: full },
  ]
}
