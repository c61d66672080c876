import { deflateSync } from 'fflate'
import { longKinds, pixelData } from './parse-dataset.ts'
import { transferSyntax } from './transfer-syntaxes.ts'

/** Text (padded here), numbers for the binary kinds, bytes, items of a sequence, or fragments of compressed pixels. */
export type WrittenValue = string | readonly number[] | Uint8Array | { items: readonly WrittenElement[][] } | { fragments: readonly Uint8Array[] }
export type WrittenElement = readonly [tag: number, vr: string, value: WrittenValue]

export interface WrittenFile {
  /** UID of a syntax that the table knows; explicit little endian unless given */
  transferSyntax?: string
  elements: readonly WrittenElement[]
  /** default true */
  preamble?: boolean
}

const numberSize: Record<string, 2 | 4 | 8> = { US: 2, SS: 2, OW: 2, UL: 4, SL: 4, FL: 4, FD: 8, AT: 2 }

/** A DICOM file with these elements, sorted by tag. Text is written as UTF-8: say so in (0008,0005). */
export const writeDicom = ({ transferSyntax: uid = '1.2.840.10008.1.2.1', elements, preamble = true }: WrittenFile): Uint8Array => {
  const { explicit, littleEndian, deflated } = transferSyntax(uid)
  const sop = (tag: number) => elements.find(([found]) => found === tag)?.[2] ?? '1.2.3'
  const meta = dataset([
    [0x0002_0001, 'OB', Uint8Array.of(0, 1)], [0x0002_0002, 'UI', sop(0x0008_0016)], [0x0002_0003, 'UI', sop(0x0008_0018)],
    [0x0002_0010, 'UI', uid], [0x0002_0012, 'UI', '1.2.826.0.1.3680043.10.1605.1'],
  ], true, true)
  const length = dataset([[0x0002_0000, 'UL', [meta.length]]], true, true)
  const body = dataset(elements, explicit, littleEndian)
  return joined([...(preamble ? [new Uint8Array(128), ascii('DICM')] : []), length, meta, deflated ? deflateSync(body) : body])
}

const ascii = (text: string) => new TextEncoder().encode(text)

const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

const dataset = (elements: readonly WrittenElement[], explicit: boolean, little: boolean): Uint8Array =>
  joined([...elements].sort(([a], [b]) => a - b).map((element) => written(element, explicit, little)))

const written = ([tag, vr, value]: WrittenElement, explicit: boolean, little: boolean): Uint8Array => {
  if (typeof value === 'object' && 'items' in value) {
    const items = value.items.map((item) => dataset(item, explicit, little)).map((item) => joined([tagged(0xfffe_e000, item.length, little), item]))
    const body = joined(items)
    return joined([head(tag, 'SQ', body.length, explicit, little), body])
  }
  if (typeof value === 'object' && 'fragments' in value) {
    const fragments = [new Uint8Array(), ...value.fragments].map(even).map((part) => joined([tagged(0xfffe_e000, part.length, little), part]))
    return joined([head(tag, 'OB', 0xffff_ffff, explicit, little), ...fragments, tagged(0xfffe_e0dd, 0, little)])
  }
  const bytes = even(bytesOf(value, vr, little), vr)
  return joined([head(tag, vr, bytes.length, explicit, little), tag === pixelData && vr === 'OW' && !little ? swapped(bytes) : bytes])
}

const bytesOf = (value: string | readonly number[] | Uint8Array, vr: string, little: boolean): Uint8Array => {
  if (value instanceof Uint8Array) return value
  if (typeof value === 'string') return ascii(value)
  const size = numberSize[vr] ?? 2
  const view = new DataView(new ArrayBuffer(value.length * size))
  value.forEach((number, at) => {
    if (vr === 'FD') view.setFloat64(at * 8, number, little)
    else if (vr === 'FL') view.setFloat32(at * 4, number, little)
    else if (size === 4) view.setUint32(at * 4, number, little)
    else view.setUint16(at * 2, number, little)
  })
  return new Uint8Array(view.buffer)
}

const even = (bytes: Uint8Array, vr: unknown = 'OB'): Uint8Array => {
  if (bytes.length % 2 === 0) return bytes
  const padding = typeof vr === 'string' && vr !== 'UI' && !vr.startsWith('O') ? 0x20 : 0
  return joined([bytes, Uint8Array.of(padding)])
}

const swapped = (bytes: Uint8Array): Uint8Array => bytes.map((_, at) => bytes[at ^ 1] ?? 0)

const tagged = (tag: number, length: number, little: boolean): Uint8Array => {
  const view = new DataView(new ArrayBuffer(8))
  view.setUint16(0, tag >>> 16, little)
  view.setUint16(2, tag & 0xffff, little)
  view.setUint32(4, length, little)
  return new Uint8Array(view.buffer)
}

const head = (tag: number, vr: string, length: number, explicit: boolean, little: boolean): Uint8Array => {
  if (!explicit) return tagged(tag, length, little)
  const view = new DataView(new ArrayBuffer(longKinds.has(vr) ? 12 : 8))
  view.setUint16(0, tag >>> 16, little)
  view.setUint16(2, tag & 0xffff, little)
  view.setUint8(4, vr.charCodeAt(0))
  view.setUint8(5, vr.charCodeAt(1))
  if (longKinds.has(vr)) view.setUint32(8, length, little)
  else view.setUint16(6, length, little)
  return new Uint8Array(view.buffer)
}
