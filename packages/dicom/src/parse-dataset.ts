import { DicomRefused, limits } from './refusal.ts'

/** Values are views of the file's bytes, not copies. */
export interface Element {
  tag: number
  /** '' in implicit VR, where only the dictionary knows */
  vr: string
  value: Uint8Array
  /** whether the numbers of `value` are little-endian */
  littleEndian: boolean
  items?: Dataset[]
  /** of encapsulated pixels; the first is the offset table */
  fragments?: Uint8Array[]
}
export type Dataset = ReadonlyMap<number, Element>

interface Layout { explicit: boolean; littleEndian: boolean }
interface Options extends Layout {
  partial: boolean
  while?: (tag: number) => boolean
}

interface Parsed {
  dataset: Dataset
  end: number
  /** bytes behind the last element that make none */
  trailing: boolean
  /** the bytes ended within an element */
  cut: boolean
}

export const pixelData = 0x7fe0_0010
const undefinedLength = 0xffff_ffff
const [item, itemEnd, sequenceEnd] = [0xfffe_e000, 0xfffe_e00d, 0xfffe_e0dd]

/** VRs with a length of four bytes, PS3.5 table 7.1-1. */
export const longKinds: ReadonlySet<string> = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV'])
const shortKinds = new Set([
  'AE', 'AS', 'AT', 'CS', 'DA', 'DS', 'DT', 'FD', 'FL', 'IS', 'LO', 'LT', 'PN', 'SH', 'SL', 'SS', 'ST', 'TM', 'UI', 'UL', 'US',
])

/** Sequences that are read from implicit VR, where a sequence of known length looks like any value. */
const sequences = new Set([
  0x0008_1084, 0x0008_1140, 0x0008_2218, 0x0008_2220, 0x0008_2228, 0x0008_2230, 0x0020_9071, 0x0028_3000, 0x0028_3010, 0x0028_9110, 0x0028_9132,
  0x0028_9145, 0x5200_9229, 0x5200_9230,
])

/**
 * The elements from `start` on, to the end of the bytes or as long as `while` holds. Lengths are believed only as far as there are bytes; nesting
 * and the number of elements have limits. Throws `DicomRefused`.
 */
export const parseDataset = (bytes: Uint8Array, start: number, options: Options): Parsed => new Parser(bytes, options).whole(start)

const truncated = () => new DicomRefused('truncated', 'The file ends in the middle of an element.')
const unevenSequence = () => new DicomRefused('damaged', 'A sequence does not end where it says.')

interface Head { tag: number; vr: string; length: number; at: number }

class Parser {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly #options: Options
  #count = 0

  constructor(bytes: Uint8Array, options: Options) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#options = options
  }

  whole(start: number): Parsed {
    const { partial, while: goesOn = () => true } = this.#options
    const dataset = new Map<number, Element>()
    const end = this.#bytes.length
    let at = start
    while (end - at >= 8) {
      const tag = this.#tagAt(at, this.#options.littleEndian)
      if (!goesOn(tag)) return { dataset, end: at, trailing: false, cut: false }
      // Padding behind the last element.
      if (tag === 0) return { dataset, end: at, trailing: true, cut: false }
      try {
        at = this.#element(dataset, at, end, this.#options, 0)
      } catch (error) {
        if (partial && error instanceof DicomRefused && error.code === 'truncated') return { dataset, end: at, trailing: false, cut: true }
        throw error
      }
    }
    return { dataset, end: at, trailing: at !== end, cut: partial && at !== end }
  }

  #tagAt(at: number, little: boolean): number {
    return this.#view.getUint16(at, little) * 0x1_0000 + this.#view.getUint16(at + 2, little)
  }

  #counted(): void {
    if (++this.#count > limits.elements) throw new DicomRefused('too_many_elements', 'The file has too many elements.')
  }

  /** Reads the element at `at` into `dataset`; answers where the next one begins. */
  #element(dataset: Map<number, Element>, at: number, end: number, layout: Layout, depth: number): number {
    this.#counted()
    const head = this.#head(at, end, layout, dataset.size === 0 && depth === 0)
    const { tag, vr, length } = head
    const element: Element = { tag, vr, value: this.#bytes.subarray(head.at, head.at), littleEndian: layout.littleEndian }
    dataset.set(tag, element)
    if (tag === pixelData && length === undefinedLength) return this.#fragments(element, head.at, end)
    if (length === undefinedLength) {
      if (vr !== 'SQ' && vr !== 'UN' && vr !== '') throw new DicomRefused('damaged', `Element ${hex(tag)} has no length.`)
      // PS3.5 6.2.2: what is UN and of unknown length is a sequence in implicit VR little endian.
      return this.#items(element, { at: head.at, end, bounded: false }, vr === 'UN' ? { explicit: false, littleEndian: true } : layout, depth + 1)
    }
    if (length > end - head.at) {
      dataset.delete(tag)
      throw truncated()
    }
    if (vr === 'SQ' || (vr === '' && sequences.has(tag))) {
      return this.#items(element, { at: head.at, end: head.at + length, bounded: true }, layout, depth + 1)
    }
    element.value = this.#bytes.subarray(head.at, head.at + length)
    return head.at + length
  }

  #head(at: number, end: number, { explicit, littleEndian }: Layout, first: boolean): Head {
    const tag = this.#tagAt(at, littleEndian)
    if (!explicit) return { tag, vr: '', length: this.#view.getUint32(at + 4, littleEndian), at: at + 8 }
    const vr = String.fromCharCode(this.#view.getUint8(at + 4), this.#view.getUint8(at + 5))
    if (shortKinds.has(vr)) return { tag, vr, length: this.#view.getUint16(at + 6, littleEndian), at: at + 8 }
    if (!longKinds.has(vr)) throw new DicomRefused(first ? 'not_dicom' : 'damaged', `Element ${hex(tag)} is not of a known kind.`)
    if (end - at < 12) throw truncated()
    return { tag, vr, length: this.#view.getUint32(at + 8, littleEndian), at: at + 12 }
  }

  #items(element: Element, range: { at: number; end: number; bounded: boolean }, layout: Layout, depth: number): number {
    if (depth > limits.depth) throw new DicomRefused('too_deep', 'Sequences are nested too deeply.')
    const items: Dataset[] = []
    element.items = items
    const { end, bounded } = range
    let { at } = range
    while (end - at >= 8) {
      const tag = this.#tagAt(at, layout.littleEndian)
      const length = this.#view.getUint32(at + 4, layout.littleEndian)
      at += 8
      if (!bounded && tag === sequenceEnd) return at
      if (tag !== item) throw new DicomRefused('damaged', 'A sequence has something that is no item.')
      this.#counted()
      if (length !== undefinedLength && length > end - at) throw truncated()
      const parsed = this.#itemAt(at, length === undefinedLength ? end : at + length, layout, depth, length === undefinedLength)
      items.push(parsed.dataset)
      at = parsed.end
    }
    if (!bounded) throw truncated()
    if (at !== end) throw unevenSequence()
    return at
  }

  #itemAt(from: number, end: number, layout: Layout, depth: number, delimited: boolean): { dataset: Dataset; end: number } {
    const dataset = new Map<number, Element>()
    let at = from
    while (end - at >= 8) {
      if (delimited && this.#tagAt(at, layout.littleEndian) === itemEnd) return { dataset, end: at + 8 }
      at = this.#element(dataset, at, end, layout, depth)
    }
    if (delimited) throw truncated()
    if (at !== end) throw unevenSequence()
    return { dataset, end: at }
  }

  #fragments(element: Element, from: number, end: number): number {
    const fragments: Uint8Array[] = []
    element.fragments = fragments
    let at = from
    while (end - at >= 8) {
      const tag = this.#tagAt(at, element.littleEndian)
      const length = this.#view.getUint32(at + 4, element.littleEndian)
      at += 8
      if (tag === sequenceEnd) return at
      if (tag !== item) throw new DicomRefused('damaged', 'The pixels have a part that is no fragment.')
      this.#counted()
      if (length > end - at) throw truncated()
      fragments.push(this.#bytes.subarray(at, at + length))
      at += length
    }
    throw truncated()
  }
}

/** `(0010,0020)` */
export const hex = (tag: number): string => {
  const digits = tag.toString(16).padStart(8, '0').toUpperCase()
  return `(${digits.slice(0, 4)},${digits.slice(4)})`
}
