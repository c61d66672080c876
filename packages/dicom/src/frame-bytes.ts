import type { Dataset, Element } from './parse-dataset.ts'
import { pixelData } from './parse-dataset.ts'
import type { PixelFormat } from './pixel-format.ts'
import { DicomRefused } from './refusal.ts'

const noPixels = () => new DicomRefused('no_pixels', 'The file has no image.')

const pixelElement = (dataset: Dataset): Element => {
  const element = dataset.get(pixelData)
  if (!element) throw noPixels()
  return element
}

/** The compressed bytes of frame `frame` (from 0): its fragments, put together. */
export const compressedFrame = (dataset: Dataset, { frames }: PixelFormat, frame: number): Uint8Array => {
  const [table, ...fragments] = pixelElement(dataset).fragments ?? []
  if (!table || fragments.length === 0) throw noPixels()
  if (frames === 1) return joined(fragments)
  if (fragments.length === frames) return fragments[frame] ?? new Uint8Array()
  return joined(fragmentsAt(table, fragments, frames, frame))
}

/** By the basic offset table, PS3.5 A.4: offsets count from the first fragment's item tag. */
const fragmentsAt = (table: Uint8Array, fragments: readonly Uint8Array[], frames: number, frame: number): Uint8Array[] => {
  if (table.length < frames * 4) throw new DicomRefused('unsupported_pixels', 'Which part of the file is which frame is not said.')
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength)
  const from = view.getUint32(frame * 4, true)
  const to = frame + 1 < frames ? view.getUint32((frame + 1) * 4, true) : Infinity
  let offset = 0
  const own = fragments.filter((fragment) => {
    const here = offset
    offset += 8 + fragment.length
    return here >= from && here < to
  })
  if (own.length === 0) throw new DicomRefused('damaged', 'A frame has no bytes.')
  return own
}

const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const [only] = parts
  if (parts.length === 1 && only) return only
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Bits of one frame as uncompressed pixel data has it. Only YBR_FULL_422 shares its colour between two pixels. */
const frameBits = ({ rows, columns, samples, bitsAllocated, photometric }: PixelFormat): number =>
  rows * columns * bitsAllocated * (photometric === 'YBR_FULL_422' ? 2 : samples)

/** The bytes of an uncompressed frame in little-endian order. Throws `DicomRefused` where the file has fewer than it says. */
export const nativeFrame = (dataset: Dataset, format: PixelFormat, frame: number): Uint8Array => {
  const element = pixelElement(dataset)
  if (element.fragments) throw new DicomRefused('damaged', 'The pixels are compressed, but the file says they are not.')
  const bits = frameBits(format)
  const bytes = format.bitsAllocated === 1 ? bitsFrom(element.value, bits * frame, bits) : bytesFrom(element.value, (bits / 8) * frame, bits / 8)
  if (element.littleEndian) return bytes
  // In big endian a word of OW is swapped, even where it holds two pixels of a byte.
  const width = format.bitsAllocated > 8 ? format.bitsAllocated / 8 : element.vr === 'OW' ? 2 : 1
  return width === 1 ? bytes : swapped(bytes, width)
}

const bytesFrom = (value: Uint8Array, from: number, length: number): Uint8Array => {
  if (value.length < from + length) throw new DicomRefused('truncated', 'The file has fewer pixels than it says.')
  return value.subarray(from, from + length)
}

/** One byte for each bit; frames of single bits follow each other without a gap, the lowest bit first. */
const bitsFrom = (value: Uint8Array, from: number, length: number): Uint8Array => {
  if (value.length * 8 < from + length) throw new DicomRefused('truncated', 'The file has fewer pixels than it says.')
  const bits = new Uint8Array(length)
  for (let at = 0; at < length; at++) bits[at] = ((value[(from + at) >> 3] ?? 0) >> ((from + at) & 7)) & 1
  return bits
}

const swapped = (bytes: Uint8Array, width: number): Uint8Array => {
  const out = new Uint8Array(bytes.length)
  for (let at = 0; at < bytes.length; at++) out[at] = bytes[at - (at % width) + (width - 1 - (at % width))] ?? 0
  return out
}
