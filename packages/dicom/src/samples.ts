import { decodeCompressed } from './codecs.ts'
import { compressedFrame, nativeFrame } from './frame-bytes.ts'
import { pixelFormat } from './pixel-format.ts'
import type { PixelFormat } from './pixel-format.ts'
import type { DicomFile } from './read-file.ts'
import { DicomRefused } from './refusal.ts'
import { decodeRle } from './rle.ts'

export type SampleArray = Uint8Array | Uint16Array | Int16Array | Int32Array

/** Stored values of a frame, sign and masks applied; three to a pixel where there is colour. */
export interface Samples {
  format: PixelFormat
  values: SampleArray
  /** that the colour is RGB already, whatever `format.photometric` says */
  rgb: boolean
}

/** Decodes frame `frame` (from 0). Throws `DicomRefused`. */
export const samplesOf = async ({ dataset, syntax }: DicomFile, frame = 0): Promise<Samples> => {
  const format = pixelFormat(dataset)
  if (frame < 0 || frame >= format.frames) throw new DicomRefused('no_pixels', `The file has no frame ${frame + 1}.`)
  const { rows, columns, samples, bitsAllocated, photometric } = format
  if (syntax.coding === 'refused') throw new DicomRefused('unsupported_syntax', `Images compressed as ${syntax.name} are not shown.`)
  if (syntax.coding === 'native') {
    const bytes = nativeFrame(dataset, format, frame)
    const spread = photometric === 'YBR_FULL_422' ? spread422(bytes, format) : format.planar ? interleaved(bytes, rows * columns, bitsAllocated) : bytes
    return { format, values: valuesOf(spread, format), rgb: false }
  }
  const packed = compressedFrame(dataset, format, frame)
  if (syntax.coding === 'rle') {
    if (bitsAllocated === 1) throw new DicomRefused('unsupported_pixels', 'Compressed pixels of one bit are not shown.')
    return { format, values: valuesOf(decodeRle(packed, rows * columns, samples, bitsAllocated / 8), format), rgb: false }
  }
  const { bytes, bitsAllocated: bits, rgb } = await decodeCompressed(packed, syntax.coding, format)
  const highBit = Math.min(format.bitsStored, bits) - 1
  return { format, values: valuesOf(bytes, { ...format, bitsAllocated: bits, bitsStored: highBit + 1, highBit }), rgb }
}

const valuesOf = (bytes: Uint8Array, { bitsAllocated, bitsStored, highBit, signed }: PixelFormat): SampleArray => {
  if (bitsAllocated === 1) return bytes
  const down = highBit + 1 - bitsStored
  const whole = down === 0 && bitsStored === bitsAllocated
  if (bitsAllocated === 8) {
    if (!signed) return whole ? bytes : bytes.map((value) => (value >> down) & (2 ** bitsStored - 1))
    return Int16Array.from(bytes, (value) => extended(value >> down, bitsStored))
  }
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice()
  if (bitsAllocated === 32) {
    const count = Math.floor(aligned.byteLength / 4)
    const words = new Uint32Array(aligned.buffer, aligned.byteOffset, count)
    if (!signed && bitsStored === 32 && words.some((value) => value > 0x7fff_ffff)) throw new DicomRefused('unsupported_pixels', 'Pixel values above two thousand million are not shown.')
    return Int32Array.from(words, (value) => (signed ? extended(value >>> down, bitsStored) : (value >>> down) & (bitsStored === 32 ? -1 : 2 ** bitsStored - 1)))
  }
  const words = new Uint16Array(aligned.buffer, aligned.byteOffset, Math.floor(aligned.byteLength / 2))
  if (whole) return signed ? new Int16Array(aligned.buffer, aligned.byteOffset, words.length) : words
  const mask = 2 ** bitsStored - 1
  return signed ? Int16Array.from(words, (value) => extended(value >> down, bitsStored)) : words.map((value) => (value >> down) & mask)
}

/** The lowest `bits` of a value, of which the highest is its sign. */
const extended = (value: number, bits: number): number => (value << (32 - bits)) >> (32 - bits)

/** RRR…GGG…BBB… to RGBRGB… */
const interleaved = (bytes: Uint8Array, pixels: number, bitsAllocated: number): Uint8Array => {
  const size = bitsAllocated / 8
  const out = new Uint8Array(bytes.length)
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let sample = 0; sample < 3; sample++) {
      for (let byte = 0; byte < size; byte++) out[(pixel * 3 + sample) * size + byte] = bytes[(sample * pixels + pixel) * size + byte] ?? 0
    }
  }
  return out
}

/** Y Y Cb Cr for each two pixels of a row, PS3.3 C.7.6.3.1.2, to Y Cb Cr for each. */
const spread422 = (bytes: Uint8Array, { rows, columns, bitsAllocated }: PixelFormat): Uint8Array => {
  if (bitsAllocated !== 8 || columns % 2 === 1) throw new DicomRefused('unsupported_pixels', 'YBR_FULL_422 is read with eight bits and an even width only.')
  const out = new Uint8Array(rows * columns * 3)
  for (let from = 0, to = 0; to < out.length; from += 4, to += 6) {
    const [first = 0, second = 0, blue = 0, red = 0] = bytes.subarray(from, from + 4)
    out.set([first, blue, red, second, blue, red], to)
  }
  return out
}
