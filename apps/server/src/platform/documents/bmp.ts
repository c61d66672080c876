import { limits } from './limits.ts'
import { DocumentRefused } from './refusal.ts'

/** Pixels as red, green, blue; rows from the top. */
export interface Raw {
  width: number
  height: number
  channels: 3 | 4
  pixels: Uint8Array
}

type Channel = (word: number) => number

interface Header {
  headerSize: number
  /** the 12 bytes of OS/2, with shorter numbers */
  old: boolean
  width: number
  height: number
  topDown: boolean
  bits: number
  masked: boolean
  /** where the rows begin */
  from: number
  stride: number
}

/**
 * Decodes a Windows bitmap without compression, of 1 to 32 bits a pixel (BITMAPCOREHEADER to BITMAPV5HEADER).
 * Nothing is believed that the bytes do not hold.
 */
export const decodeBmp = (bytes: Uint8Array): Raw => {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const header = readHeader(file)
  const { width, height, topDown, bits, from, stride } = header
  if (from + stride * height > file.length) throw new DocumentRefused('too_damaged', 'cut off')
  const palette = bits <= 8 ? readPalette(file, header) : null
  const channels = channelsOf(file, header)
  const pixels = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++) {
    const row = file.subarray(from + (topDown ? y : height - 1 - y) * stride)
    for (let x = 0; x < width; x++) {
      const word = wordAt(row, x, bits)
      pixels.set(palette ? (palette[word] ?? [0, 0, 0]) : channels.map((channel) => channel(word)), (y * width + x) * 3)
    }
  }
  return { width, height, channels: 3, pixels }
}

const readHeader = (file: Buffer): Header => {
  const headerSize = file.length < 30 ? 0 : file.readUInt32LE(14)
  const old = headerSize === 12
  if (!old && (headerSize < 40 || file.length < 14 + headerSize)) throw new DocumentRefused('too_damaged', 'no header')
  const width = old ? file.readUInt16LE(18) : file.readInt32LE(18)
  const rows = old ? file.readUInt16LE(20) : file.readInt32LE(22)
  const height = Math.abs(rows)
  const bits = file.readUInt16LE(old ? 24 : 28)
  const compression = old ? none : file.readUInt32LE(30)
  if (width <= 0 || height <= 0 || ![1, 4, 8, 16, 24, 32].includes(bits)) throw new DocumentRefused('too_damaged', 'no size')
  if (width * height > limits.pixels) throw new DocumentRefused('too_large')
  if (![none, ...bitFields].includes(compression)) throw new DocumentRefused('unsupported', 'compressed bitmap')
  const masked = bitFields.includes(compression) && bits >= 16
  return { headerSize, old, width, height, topDown: rows < 0, bits, masked, from: file.readUInt32LE(10), stride: Math.ceil((width * bits) / 32) * 4 }
}

const none = 0
const bitFields = [3, 6]

const wordAt = (row: Buffer, x: number, bits: number): number => {
  if (bits === 24) return row.readUIntLE(x * 3, 3)
  if (bits === 32) return row.readUInt32LE(x * 4)
  if (bits === 16) return row.readUInt16LE(x * 2)
  const perByte = 8 / bits
  return (row.readUInt8(Math.floor(x / perByte)) >> (8 - bits * ((x % perByte) + 1))) & ((1 << bits) - 1)
}

const readPalette = (file: Buffer, { headerSize, old, bits }: Header): number[][] =>
  Array.from({ length: 1 << bits }, (_, index) => 14 + headerSize + index * (old ? 3 : 4)).filter((entry) => entry + 3 <= file.length)
    .map((entry) => [file.readUInt8(entry + 2), file.readUInt8(entry + 1), file.readUInt8(entry)])

const channelsOf = (file: Buffer, { bits, masked }: Header): Channel[] => {
  const usual = bits === 16 ? [0x7c00, 0x03e0, 0x001f] : [0xff0000, 0x00ff00, 0x0000ff]
  const masks = masked ? [54, 58, 62].map((at) => (file.length >= at + 4 ? file.readUInt32LE(at) : 0)) : usual
  return masks.map((mask) => {
    if (mask === 0) return () => 0
    const shift = 31 - Math.clz32(mask & -mask)
    const most = mask >>> shift
    return (word) => Math.round((((word & mask) >>> shift) / most) * 255)
  })
}
