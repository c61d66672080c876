import { paletteOf, rgbOfYbr } from './colour.ts'
import { displayLut, suggested } from './display.ts'
import type { Shown } from './display.ts'
import { grayOf } from './gray-pixels.ts'
import { pixelFormat } from './pixel-format.ts'
import { readFile } from './read-file.ts'
import type { DicomFile } from './read-file.ts'
import { samplesOf } from './samples.ts'

/** Rows from the top, `channels` bytes a pixel: gray, or red, green and blue. */
export interface RenderedFrame { width: number; height: number; channels: 1 | 3; data: Uint8Array }
export interface RenderOptions {
  /** from 0 */
  frame?: number
  /** for gray images; without it what the file suggests */
  window?: Shown
}

/** A frame as it is seen. Throws `DicomRefused`. */
export const renderFrame = async (bytes: Uint8Array, { frame = 0, window }: RenderOptions = {}): Promise<RenderedFrame> =>
  renderOf(readFile(bytes), frame, window)

export const renderOf = async (file: DicomFile, frame: number, window?: Shown): Promise<RenderedFrame> => {
  const { photometric } = pixelFormat(file.dataset)
  return photometric.startsWith('MONOCHROME') ? gray(file, frame, window) : colour(file, frame)
}

const gray = async (file: DicomFile, frame: number, window?: Shown): Promise<RenderedFrame> => {
  const pixels = await grayOf(file, frame)
  const lut = displayLut(pixels, window ?? suggested(pixels), { signed: pixels.values instanceof Int16Array })
  const data = new Uint8Array(pixels.values.length)
  for (let at = 0; at < data.length; at++) data[at] = lut[(pixels.values[at] ?? 0) & 0xffff] ?? 0
  return { width: pixels.columns, height: pixels.rows, channels: 1, data }
}

const colour = async (file: DicomFile, frame: number): Promise<RenderedFrame> => {
  const { format, values, rgb } = await samplesOf(file, frame)
  const { rows: height, columns: width, photometric, bitsStored } = format
  if (photometric === 'PALETTE COLOR') return { width, height, channels: 3, data: paletteOf(file.dataset, values, format.signed) }
  const down = Math.max(0, bitsStored - 8)
  const bytes = values instanceof Uint8Array ? values : Uint8Array.from(values, (value) => value >> down)
  const data = !rgb && photometric.startsWith('YBR_FULL') ? rgbOfYbr(bytes) : bytes
  return { width, height, channels: 3, data: data.subarray(0, width * height * 3) }
}
