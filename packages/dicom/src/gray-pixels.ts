import { rescaleOf, windowsOf } from './header.ts'
import type { DisplayWindow } from './header.ts'
import type { Dataset } from './parse-dataset.ts'
import { lookUp } from './lookup-table.ts'
import type { LookupTable } from './lookup-table.ts'
import { readFile } from './read-file.ts'
import type { DicomFile } from './read-file.ts'
import { DicomRefused } from './refusal.ts'
import { samplesOf } from './samples.ts'
import type { SampleArray } from './samples.ts'
import { itemsOf, textOf, wordOf, wordsOf } from './values.ts'

/** What showing a gray picture takes, besides its values. Windows and the VOI table are in modality units: value × slope + intercept. */
export interface GrayMeaning {
  slope: number
  intercept: number
  windows: DisplayWindow[]
  voi: LookupTable | null
  /** low values are bright */
  inverted: boolean
  /** stored values that are no picture */
  padding: { from: number; to: number } | null
  /** least and greatest stored value that is picture */
  min: number
  max: number
}

export interface GrayPixels extends GrayMeaning {
  rows: number
  columns: number
  /** of 16 bits, row by row; stored values, or the modality table's where there is one */
  values: Uint16Array | Int16Array
}

/** Frame `frame` (from 0) of a gray image for a viewer. Throws `DicomRefused`: `unsupported_pixels` for colour. */
export const grayPixels = async (bytes: Uint8Array, { frame = 0 }: { frame?: number } = {}): Promise<GrayPixels> => grayOf(readFile(bytes), frame)

export const grayOf = async (file: DicomFile, frame: number): Promise<GrayPixels> => {
  const { dataset } = file
  const { format, values: stored } = await samplesOf(file, frame)
  if (!format.photometric.startsWith('MONOCHROME')) throw new DicomRefused('unsupported_pixels', 'The image is in colour.')
  const padding = paddingOf(dataset, format.signed)
  const modality = tableOf(dataset, 0x0028_3000, format.signed)
  const rescale = modality ? { slope: 1, intercept: 0 } : rescaleOf(dataset)
  const fitted = modality ? { values: Uint16Array.from(stored, (value) => lookUp(modality, value)), slope: 1, intercept: 0 } : fit(stored)
  const lowest = fitted.intercept * rescale.slope + rescale.intercept
  return {
    rows: format.rows, columns: format.columns, values: fitted.values, slope: fitted.slope * rescale.slope, intercept: lowest,
    windows: windowsOf(dataset), voi: tableOf(dataset, 0x0028_3010, format.signed || lowest < 0),
    inverted: format.photometric === 'MONOCHROME1' || textOf(dataset, 0x2050_0020) === 'INVERSE',
    padding: modality || fitted.slope !== 1 ? null : padding, ...extremes(fitted.values, modality ? null : padding),
  }
}

/** Values of 32 bits are scaled to 16, which is more than any screen shows: value = fitted × slope + intercept. */
const fit = (values: SampleArray): { values: Uint16Array | Int16Array; slope: number; intercept: number } => {
  if (values instanceof Uint16Array || values instanceof Int16Array) return { values, slope: 1, intercept: 0 }
  if (values instanceof Uint8Array) return { values: Uint16Array.from(values), slope: 1, intercept: 0 }
  const { min, max } = extremes(values, null)
  const slope = Math.max(1, (max - min) / 65_535)
  return { values: Uint16Array.from(values, (value) => Math.round((value - min) / slope)), slope, intercept: min }
}

const extremes = (values: SampleArray, padding: GrayMeaning['padding']): { min: number; max: number } => {
  let [min, max] = [Infinity, -Infinity]
  for (const value of values) {
    if (padding && value >= padding.from && value <= padding.to) continue
    if (value < min) min = value
    if (value > max) max = value
  }
  return min > max ? { min: 0, max: 0 } : { min, max }
}

/** Pixel Padding Value (0028,0120), to Pixel Padding Range Limit (0028,0121) where there is one. */
const paddingOf = (dataset: Dataset, signed: boolean): GrayMeaning['padding'] => {
  const value = wordOf(dataset, 0x0028_0120, signed)
  if (value === null) return null
  const limit = wordOf(dataset, 0x0028_0121, signed) ?? value
  return { from: Math.min(value, limit), to: Math.max(value, limit) }
}

const tableOf = (dataset: Dataset, sequence: number, signed: boolean): LookupTable | null => {
  const [item] = itemsOf(dataset, sequence)
  if (!item) return null
  const [count, , bits] = wordsOf(item, 0x0028_3002)
  const first = wordsOf(item, 0x0028_3002, signed)[1]
  if (count === undefined || first === undefined || bits === undefined || bits < 8 || bits > 16) throw new DicomRefused('damaged', 'A lookup table does not say how it is to be read.')
  const length = count === 0 ? 65_536 : count
  const element = item.get(0x0028_3006)
  const data = bits === 8 && element && element.value.length < length * 2 ? [...element.value.subarray(0, length)] : wordsOf(item, 0x0028_3006).slice(0, length)
  if (data.length < length) throw new DicomRefused('damaged', 'A lookup table is shorter than it says.')
  return { first, bits, data }
}
