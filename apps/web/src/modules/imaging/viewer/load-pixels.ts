import type { DentalImageDetail } from '@aliquot/contracts'
import { displayLut, suggested, type GrayMeaning, type Shown } from '@aliquot/dicom'

interface Sized { width: number; height: number }
export interface GrayView extends Sized { kind: 'gray'; meaning: GrayMeaning; signed: boolean; values: Uint16Array | Int16Array; auto: Shown }
/** Red, green and blue as they are; nothing to be windowed. */
export interface ColourView extends Sized { kind: 'colour'; bitmap: ImageBitmap }
export type View = GrayView | ColourView

const fetched = async (link: string, signal: AbortSignal): Promise<Response> => {
  const response = await fetch(link, { signal, credentials: 'omit' })
  if (!response.ok) throw new Error(`${response.status}`)
  return response
}

/** The values of a gray image (docs/imaging.md has the layout), or a picture in colour. */
export const loadPixels = async ({ view, picture }: DentalImageDetail['links'], signal: AbortSignal): Promise<View> => {
  if (!view) {
    if (!picture) throw new Error('no picture')
    const bitmap = await createImageBitmap(await (await fetched(picture, signal)).blob())
    return { kind: 'colour', bitmap, width: bitmap.width, height: bitmap.height }
  }
  const { body } = await fetched(view, signal)
  if (!body) throw new Error('no bytes')
  const bytes = await new Response(body.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer()
  const length = new DataView(bytes).getUint32(0, true)
  const { rows, columns, signed, ...meaning } = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, length))) as
    GrayMeaning & { rows: number; columns: number; signed: boolean }
  const raw = bytes.slice(4 + length)
  const values = signed ? new Int16Array(raw) : new Uint16Array(raw)
  return { kind: 'gray', width: columns, height: rows, meaning, signed, values, auto: middleOf(values, meaning) }
}

/** From the darkest hundredth to the brightest, by every nth pixel. */
const middleOf = (values: Uint16Array | Int16Array, meaning: GrayMeaning): Shown => {
  const { padding, slope, intercept } = meaning
  const step = Math.max(1, Math.floor(values.length / 50_000))
  const sample: number[] = []
  for (let at = 0; at < values.length; at += step) {
    const value = values[at] ?? 0
    if (!padding || value < padding.from || value > padding.to) sample.push(value * slope + intercept)
  }
  sample.sort((a, b) => a - b)
  const [low, high] = [sample[Math.floor(sample.length * 0.01)] ?? 0, sample[Math.floor(sample.length * 0.99)] ?? 1]
  return high > low ? { center: (low + high) / 2, width: high - low, shape: 'linear_exact' } : suggested(meaning)
}

/** Writes a gray image into its canvas; one look-up a pixel, so that it follows the pointer at millions of pixels. */
export const paintGray = (canvas: HTMLCanvasElement, { width, height, values, meaning, signed }: GrayView, shown: Shown, invert: boolean): void => {
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height })
  const context = canvas.getContext('2d')
  if (!context) return
  const light = displayLut(meaning, shown, { signed, invert })
  const colours = Uint32Array.from(light, (value) => (0xff00_0000 | (value << 16) | (value << 8) | value) >>> 0)
  const image = context.createImageData(width, height)
  const pixels = new Uint32Array(image.data.buffer)
  for (let at = 0; at < pixels.length; at++) pixels[at] = colours[(values[at] ?? 0) & 0xffff] ?? 0
  context.putImageData(image, 0, 0)
}

export const paintColour = (canvas: HTMLCanvasElement, { width, height, bitmap }: ColourView, invert: boolean): void => {
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height })
  const context = canvas.getContext('2d')
  if (!context) return
  context.filter = invert ? 'invert(1)' : 'none'
  context.drawImage(bitmap, 0, 0)
}
