import type { Dataset, Element } from './parse-dataset.ts'
import { hex, pixelData } from './parse-dataset.ts'
import { readFile } from './read-file.ts'
import type { DicomFile } from './read-file.ts'
import { decimalsOf, textOf, textsOf, wordsOf } from './values.ts'

/** An element as people read it. `depth`: how many sequences it lies in. */
export interface TagLine { tag: string; name: string; vr: string; value: string; depth: number }

const [mostLines, longest] = [2000, 300]

/** The elements of a file in order, named by the DICOM dictionary; long values are cut, binary ones told by their size. Throws `DicomRefused`. */
export const listTags = async (bytes: Uint8Array): Promise<TagLine[]> => tagsOf(readFile(bytes))

export const tagsOf = async ({ dataset }: DicomFile): Promise<TagLine[]> => {
  const { default: dictionary } = await import('dcmjs/dictionary')
  const charsets = textsOf(dataset, 0x0008_0005)
  const lines: TagLine[] = []
  const add = (elements: Dataset, depth: number) => {
    for (const element of elements.values()) {
      if (lines.length >= mostLines) return
      const known = dictionary[hex(element.tag)]
      const vr = element.vr || (known?.vr ?? '').slice(0, 2)
      const name = (known?.name ?? (element.tag & 0x1_0000 ? 'Private' : 'Unknown')).replace(/([a-z])([A-Z])/g, '$1 $2')
      lines.push({ tag: hex(element.tag), name, vr, value: element.items ? `${element.items.length} items` : valueOf(elements, element, vr, charsets), depth })
      for (const item of element.items ?? []) add(item, depth + 1)
    }
  }
  add(dataset, 0)
  return lines
}

const texts = new Set(['AE', 'AS', 'CS', 'DA', 'DS', 'DT', 'IS', 'LO', 'LT', 'PN', 'SH', 'ST', 'TM', 'UC', 'UI', 'UR', 'UT'])

const valueOf = (dataset: Dataset, element: Element, vr: string, charsets: readonly string[]): string => {
  if (element.tag === pixelData) return element.fragments ? `${element.fragments.length - 1} compressed pieces` : `${element.value.length} bytes`
  const text = texts.has(vr) ? (textOf(dataset, element.tag, charsets) ?? '') : numbersOf(dataset, element, vr)
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}

const numbersOf = (dataset: Dataset, element: Element, vr: string): string => {
  const { value, littleEndian } = element
  if (value.length > 64) return `${value.length} bytes`
  if (vr === 'US' || vr === 'SS') return wordsOf(dataset, element.tag, vr === 'SS').join('\\')
  if (vr === 'FD' || vr === 'FL') return element.vr ? decimalsOf(dataset, element.tag).join('\\') : ''
  if (vr !== 'UL' && vr !== 'SL') return value.length === 0 ? '' : `${value.length} bytes`
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength)
  return Array.from({ length: value.length >> 2 }, (_, at) => (vr === 'SL' ? view.getInt32(at * 4, littleEndian) : view.getUint32(at * 4, littleEndian))).join('\\')
}
