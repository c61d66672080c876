import { Inflate } from 'fflate'
import { parseDataset } from './parse-dataset.ts'
import type { Dataset } from './parse-dataset.ts'
import { DicomRefused, limits } from './refusal.ts'
import { transferSyntax } from './transfer-syntaxes.ts'
import type { TransferSyntax } from './transfer-syntaxes.ts'
import { textOf } from './values.ts'

/** What is unusual about a file, yet understood. */
export type DicomNote = 'no_preamble' | 'no_meta' | 'trailing_bytes' | 'charset_guessed' | 'partial'

export interface DicomFile {
  syntax: TransferSyntax
  dataset: Dataset
  /** the data set, inflated where it was deflated: what elements are views of */
  littleEndian: boolean
  notes: DicomNote[]
}

export interface ReadOptions {
  /** the bytes are only the beginning of a file: what lies behind them is left out and noted, not refused */
  partial?: boolean
}

/** Reads all elements of a file. Throws `DicomRefused`; whatever the bytes are, it ends soon and uses no more memory than a few times theirs. */
export const readFile = (bytes: Uint8Array, { partial = false }: ReadOptions = {}): DicomFile => {
  const notes: DicomNote[] = []
  const start = startOf(bytes, notes)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (start.meta === null) {
    notes.push('no_meta')
    const syntax = transferSyntax(start.explicit ? '1.2.840.10008.1.2.1' : '1.2.840.10008.1.2')
    return { syntax, littleEndian: true, ...body(bytes, start.at, syntax, partial, notes) }
  }
  const meta = parseDataset(bytes, start.meta, { explicit: true, littleEndian: true, partial, while: (tag) => tag >>> 16 === 0x0002 })
  const uid = textOf(meta.dataset, 0x0002_0010) ?? guessed(view, meta.end)
  const syntax = transferSyntax(uid)
  if (!syntax.deflated) return { syntax, littleEndian: syntax.littleEndian, ...body(bytes, meta.end, syntax, partial, notes) }
  const inflated = inflate(bytes.subarray(meta.end), partial)
  return { syntax, littleEndian: true, ...body(inflated, 0, syntax, partial, notes) }
}

const body = (bytes: Uint8Array, at: number, syntax: TransferSyntax, partial: boolean, notes: DicomNote[]) => {
  const { dataset, trailing, cut } = parseDataset(bytes, at, { explicit: syntax.explicit, littleEndian: syntax.littleEndian, partial })
  if (dataset.size === 0) throw new DicomRefused('not_dicom', 'The file has no elements.')
  if (trailing) notes.push('trailing_bytes')
  if (cut) notes.push('partial')
  return { dataset, notes }
}

interface Start { meta: number | null; at: number; explicit: boolean }

/** With the preamble of PS3.10 or, as some old exporters write, without it and even without the meta information. */
const startOf = (bytes: Uint8Array, notes: DicomNote[]): Start => {
  const says = (at: number) => bytes.length >= at + 4 && bytes[at] === 0x44 && bytes[at + 1] === 0x49 && bytes[at + 2] === 0x43 && bytes[at + 3] === 0x4d
  if (says(128)) return { meta: 132, at: 132, explicit: true }
  notes.push('no_preamble')
  if (says(0)) return { meta: 4, at: 4, explicit: true }
  if (bytes.length < 16) throw new DicomRefused('not_dicom', 'This is not a DICOM file.')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [group, element] = [view.getUint16(0, true), view.getUint16(2, true)]
  const explicit = isLetter(bytes[4]) && isLetter(bytes[5])
  if (group === 0x0002 && explicit && element <= 0x0102) return { meta: 0, at: 0, explicit }
  // A raw data set begins with group 8: a small even-lengthed first value, and nothing else looks like that.
  const length = explicit ? view.getUint16(6, true) : view.getUint32(4, true)
  if (group === 0x0008 && element <= 0x0018 && length <= 256 && length % 2 === 0) return { meta: null, at: 0, explicit }
  throw new DicomRefused('not_dicom', 'This is not a DICOM file.')
}

const isLetter = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x41 && byte <= 0x5a

/** Where the meta information names no transfer syntax. */
const guessed = (view: DataView, at: number): string =>
  at + 6 <= view.byteLength && isLetter(view.getUint8(at + 4)) && isLetter(view.getUint8(at + 5)) ? '1.2.840.10008.1.2.1' : '1.2.840.10008.1.2'

/** Fed in small steps, so that a bomb is noticed before it is large. */
const step = 16_384

const inflate = (deflated: Uint8Array, partial: boolean): Uint8Array => {
  const chunks: Uint8Array[] = []
  let size = 0
  const stream = new Inflate((chunk) => {
    size += chunk.length
    if (size > limits.inflated) throw new DicomRefused('too_large', 'The deflated file is too large when it is inflated.')
    chunks.push(chunk.slice())
  })
  try {
    for (let at = 0; at < deflated.length; at += step) stream.push(deflated.subarray(at, at + step), !partial && at + step >= deflated.length)
  } catch (error) {
    if (error instanceof DicomRefused) throw error
    throw new DicomRefused('damaged', 'The deflated part of the file is damaged.')
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}
