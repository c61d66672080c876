import type { Dataset } from './parse-dataset.ts'
import { pixelData } from './parse-dataset.ts'
import { DicomRefused, limits } from './refusal.ts'
import { decimalOf, textOf, wordOf } from './values.ts'

export type Photometric = 'MONOCHROME1' | 'MONOCHROME2' | 'PALETTE COLOR' | 'RGB' | 'YBR_FULL' | 'YBR_FULL_422' | 'YBR_ICT' | 'YBR_RCT'

/** How the samples of a frame are laid out. */
export interface PixelFormat {
  rows: number
  columns: number
  frames: number
  samples: 1 | 3
  photometric: Photometric
  /** of 1, 8, 16 or 32 */
  bitsAllocated: number
  bitsStored: number
  highBit: number
  signed: boolean
  planar: boolean
}

export const hasPixels = (dataset: Dataset): boolean => dataset.has(pixelData)

const photometrics: readonly string[] = ['MONOCHROME1', 'MONOCHROME2', 'PALETTE COLOR', 'RGB', 'YBR_FULL', 'YBR_FULL_422', 'YBR_ICT', 'YBR_RCT']

const refuse = (message: string): never => {
  throw new DicomRefused('unsupported_pixels', message)
}

/** Throws `DicomRefused` where the pixels cannot be, are too many, or of a kind that is not read. */
export const pixelFormat = (dataset: Dataset): PixelFormat => {
  const { samples, photometric } = kind(dataset)
  return {
    ...size(dataset), samples, photometric, ...bits(dataset, samples),
    signed: wordOf(dataset, 0x0028_0103) === 1, planar: samples === 3 && wordOf(dataset, 0x0028_0006) === 1,
  }
}

const size = (dataset: Dataset) => {
  const [rows, columns] = [wordOf(dataset, 0x0028_0010) ?? 0, wordOf(dataset, 0x0028_0011) ?? 0]
  if (rows === 0 || columns === 0) throw new DicomRefused('damaged', 'The image has no size.')
  if (rows * columns > limits.pixels) throw new DicomRefused('too_large', `The image has ${columns} × ${rows} pixels, more than can be shown.`)
  const frames = decimalOf(dataset, 0x0028_0008) ?? 1
  if (!Number.isInteger(frames) || frames < 1) throw new DicomRefused('damaged', 'The number of frames is not a number.')
  if (frames > limits.frames) throw new DicomRefused('too_large', 'The file has too many frames.')
  return { rows, columns, frames }
}

const kind = (dataset: Dataset): { samples: 1 | 3; photometric: Photometric } => {
  const samples = wordOf(dataset, 0x0028_0002) ?? 1
  if (samples !== 1 && samples !== 3) return refuse(`Pixels of ${samples} samples are not shown.`)
  const said = textOf(dataset, 0x0028_0004)?.toUpperCase() ?? (samples === 1 ? 'MONOCHROME2' : 'RGB')
  if (!photometrics.includes(said)) return refuse(`Pixels of the kind ${said.slice(0, 20)} are not shown.`)
  const single = ['MONOCHROME1', 'MONOCHROME2', 'PALETTE COLOR'].includes(said)
  if (single !== (samples === 1)) throw new DicomRefused('damaged', `Pixels of the kind ${said} do not have ${samples} samples.`)
  return { samples, photometric: said as Photometric }
}

const bits = (dataset: Dataset, samples: 1 | 3) => {
  const bitsAllocated = wordOf(dataset, 0x0028_0100) ?? 8
  if (![1, 8, 16, 32].includes(bitsAllocated)) return refuse(`Pixels of ${bitsAllocated} bits are not shown.`)
  if (samples === 3 && bitsAllocated !== 8 && bitsAllocated !== 16) return refuse(`Colour of ${bitsAllocated} bits is not shown.`)
  const bitsStored = wordOf(dataset, 0x0028_0101) ?? bitsAllocated
  const highBit = wordOf(dataset, 0x0028_0102) ?? bitsStored - 1
  if (bitsStored < 1 || bitsStored > bitsAllocated || highBit < bitsStored - 1 || highBit >= bitsAllocated) {
    throw new DicomRefused('damaged', `Pixels of ${bitsAllocated} bits cannot hold ${bitsStored} up to bit ${highBit}.`)
  }
  return { bitsAllocated, bitsStored, highBit }
}
