import type { Dataset } from './parse-dataset.ts'
import { DicomRefused } from './refusal.ts'
import type { SampleArray } from './samples.ts'
import { wordsOf } from './values.ts'

/** YBR_FULL, PS3.3 C.7.6.3.1.2 (ITU-R BT.601, full range). */
export const rgbOfYbr = (ybr: Uint8Array): Uint8Array => {
  const rgb = new Uint8ClampedArray(ybr.length)
  for (let at = 0; at + 2 < ybr.length; at += 3) {
    const light = ybr[at] ?? 0
    const blue = (ybr[at + 1] ?? 0) - 128
    const red = (ybr[at + 2] ?? 0) - 128
    rgb[at] = light + 1.402 * red
    rgb[at + 1] = light - 0.344136 * blue - 0.714136 * red
    rgb[at + 2] = light + 1.772 * blue
  }
  return new Uint8Array(rgb.buffer)
}

/** Each value by the red, green and blue palettes, PS3.3 C.7.6.3.1.5: entries of 8 or 16 bits. */
export const paletteOf = (dataset: Dataset, values: SampleArray, signed: boolean): Uint8Array => {
  const palettes = [1, 2, 3].map((channel) => paletteAt(dataset, 0x0028_1100 + channel, 0x0028_1200 + channel, signed))
  const out = new Uint8Array(values.length * 3)
  for (let at = 0; at < values.length; at++) {
    for (let channel = 0; channel < 3; channel++) {
      const { first, data } = palettes[channel] ?? { first: 0, data: [] }
      out[at * 3 + channel] = data[Math.min(Math.max((values[at] ?? 0) - first, 0), data.length - 1)] ?? 0
    }
  }
  return out
}

const paletteAt = (dataset: Dataset, descriptor: number, tag: number, signed: boolean): { first: number; data: number[] } => {
  const [count, , bits] = wordsOf(dataset, descriptor)
  const first = wordsOf(dataset, descriptor, signed)[1]
  const element = dataset.get(tag)
  if (!element) throw new DicomRefused('unsupported_pixels', 'The palette is missing, or segmented, which is not shown.')
  if (count === undefined || first === undefined || (bits !== 8 && bits !== 16)) throw new DicomRefused('damaged', 'The palette does not say how it is to be read.')
  const length = count === 0 ? 65_536 : count
  const words = wordsOf(dataset, tag)
  // Palettes of 8 bits are found both in bytes and in the low bytes of words.
  const bytes = bits === 8 && element.value.length < length * 2
  if (!bytes && words.length < length) throw new DicomRefused('damaged', 'The palette is shorter than it says.')
  if (bytes) return { first, data: [...(element.littleEndian ? element.value : swappedPairs(element.value)).subarray(0, length)] }
  const shift = bits === 16 ? 8 : 0
  return { first, data: words.slice(0, length).map((word) => (word >> shift) & 0xff) }
}

const swappedPairs = (bytes: Uint8Array): Uint8Array => bytes.map((_, at) => bytes[at ^ 1] ?? 0)
