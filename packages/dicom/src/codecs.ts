import type { PixelFormat } from './pixel-format.ts'
import { DicomRefused, limits } from './refusal.ts'
import type { PixelCoding } from './transfer-syntaxes.ts'

const damaged = () => new DicomRefused('damaged', 'The compressed pixels are damaged.')

export interface Decoded {
  bytes: Uint8Array
  bitsAllocated: number
  /** the codec has already turned YBR into RGB */
  rgb: boolean
}

/** Decodes a compressed frame: little-endian samples, interleaved by pixel. The codecs (WebAssembly) are loaded at the first use. */
export const decodeCompressed = async (packed: Uint8Array, coding: PixelCoding, format: PixelFormat): Promise<Decoded> => {
  const { rows, columns, samples, bitsStored, signed, photometric } = format
  const inside = dimensionsOf(packed, coding)
  if (!inside || inside.rows !== rows || inside.columns !== columns || inside.samples !== samples) throw damaged()
  const bitsAllocated = inside.bits > 8 ? 16 : 8
  if (inside.bits > 16 || rows * columns * samples * (bitsAllocated / 8) > limits.frameBytes) throw new DicomRefused('too_large', 'The image is too large to be shown.')
  const { Context, NativeCodecs } = await codecs()
  const context = new Context({
    width: columns, height: rows, bitsAllocated, bitsStored: Math.min(bitsStored, bitsAllocated), samplesPerPixel: samples, pixelRepresentation: signed ? 1 : 0,
    planarConfiguration: 0, photometricInterpretation: photometric, encodedBuffer: packed,
  })
  const lossyJpeg = coding === 'jpeg' && inside.lossy
  const decoders: Partial<Record<PixelCoding, () => typeof context>> = {
    jpeg: () => NativeCodecs.decodeJpeg(context, { convertColorspaceToRgb: lossyJpeg && photometric !== 'RGB' }),
    jpeg_ls: () => NativeCodecs.decodeJpegLs(context),
    jpeg_2000: () => NativeCodecs.decodeJpeg2000(context),
    ht_jpeg_2000: () => NativeCodecs.decodeHtJpeg2000(context),
  }
  try {
    const bytes = decoders[coding]?.().getDecodedBuffer()
    if (!bytes || bytes.length < rows * columns * samples * (bitsAllocated / 8)) throw damaged()
    return { bytes, bitsAllocated, rgb: samples === 3 && (lossyJpeg || coding.endsWith('jpeg_2000')) }
  } catch {
    // After a trap the module's memory may be in any state.
    NativeCodecs.release()
    throw damaged()
  }
}

const codecs = async () => {
  const { default: library } = await import('dcmjs-codecs')
  if (!library.NativeCodecs.isInitialized()) await library.NativeCodecs.initializeAsync()
  return library
}

interface Dimensions { rows: number; columns: number; samples: number; bits: number; lossy: boolean }

/** What the code stream itself says it holds: a codec would believe it and ask for as much memory. */
const dimensionsOf = (packed: Uint8Array, coding: PixelCoding): Dimensions | null =>
  coding === 'jpeg' || coding === 'jpeg_ls' ? jpegDimensions(packed) : jpeg2000Dimensions(packed)

/** ISO 10918-1 B.2.2 and ISO 14495-1 C.2.2: the first start-of-frame marker. */
const jpegDimensions = (packed: Uint8Array): Dimensions | null => {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength)
  if (packed.length < 4 || view.getUint16(0) !== 0xffd8) return null
  for (let at = 2; at + 10 <= packed.length;) {
    if (packed[at] !== 0xff) return null
    const marker = packed[at + 1] ?? 0
    if (marker === 0xff) {
      at++
      continue
    }
    const frame = (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) || marker === 0xf7
    if (frame) {
      const lossy = marker !== 0xc3 && marker !== 0xf7
      return { bits: packed[at + 4] ?? 0, rows: view.getUint16(at + 5), columns: view.getUint16(at + 7), samples: packed[at + 9] ?? 0, lossy }
    }
    at += 2 + view.getUint16(at + 2)
  }
  return null
}

/** ISO 15444-1 A.5.1: the size marker follows the start of the code stream, which may lie in a JP2 file. */
const jpeg2000Dimensions = (packed: Uint8Array): Dimensions | null => {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength)
  for (let at = 0; at + 44 <= Math.min(packed.length, 4096); at++) {
    if (view.getUint32(at) !== 0xff4fff51) continue
    const [right, bottom, left, top] = [view.getUint32(at + 8), view.getUint32(at + 12), view.getUint32(at + 16), view.getUint32(at + 20)]
    return { columns: right - left, rows: bottom - top, samples: view.getUint16(at + 40), bits: ((packed[at + 42] ?? 0) & 0x7f) + 1, lossy: false }
  }
  return null
}
