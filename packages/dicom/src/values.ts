import { decodeText } from './charset.ts'
import type { Dataset, Element } from './parse-dataset.ts'
import { limits } from './refusal.ts'

/** Values by tag; each says what kind it expects, since implicit VR does not. What is absent, empty or of another kind is null. */

const viewOf = ({ value }: Element) => new DataView(value.buffer, value.byteOffset, value.byteLength)

/** Text without the padding around it; ASCII unless `charsets` is given. All values, separated by backslashes. */
export const textOf = (dataset: Dataset, tag: number, charsets: readonly string[] = []): string | null => {
  const element = dataset.get(tag)
  if (!element || element.items || element.value.length === 0) return null
  // eslint-disable-next-line no-control-regex
  const text = decodeText(element.value.subarray(0, limits.text), charsets).replace(/[\0\u0001-\u0008\u000b\u000e-\u001f\u007f]/g, '').trim()
  return text === '' ? null : text
}

export const textsOf = (dataset: Dataset, tag: number, charsets: readonly string[] = []): string[] =>
  textOf(dataset, tag, charsets)?.split('\\').map((part) => part.trim()) ?? []

/** Decimal and integer strings. */
export const decimalsOf = (dataset: Dataset, tag: number): number[] => {
  const element = dataset.get(tag)
  if (element && (element.vr === 'FD' || element.vr === 'FL')) return floatsOf(element)
  const numbers = textsOf(dataset, tag).map((text) => (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? Number(text) : NaN))
  return numbers.every(Number.isFinite) ? numbers : []
}

export const decimalOf = (dataset: Dataset, tag: number): number | null => decimalsOf(dataset, tag)[0] ?? null

const floatsOf = (element: Element): number[] => {
  const view = viewOf(element)
  const size = element.vr === 'FD' ? 8 : 4
  const numbers = Array.from({ length: Math.floor(view.byteLength / size) }, (_, at) =>
    size === 8 ? view.getFloat64(at * 8, element.littleEndian) : view.getFloat32(at * 4, element.littleEndian))
  return numbers.every(Number.isFinite) ? numbers : []
}

/** Numbers of two bytes: US, SS or OW. */
export const wordsOf = (dataset: Dataset, tag: number, signed = false): number[] => {
  const element = dataset.get(tag)
  if (!element || element.items) return []
  const view = viewOf(element)
  return Array.from({ length: Math.floor(view.byteLength / 2) }, (_, at) =>
    signed ? view.getInt16(at * 2, element.littleEndian) : view.getUint16(at * 2, element.littleEndian))
}

export const wordOf = (dataset: Dataset, tag: number, signed = false): number | null => {
  const element = dataset.get(tag)
  if (!element || element.items || element.value.length < 2) return null
  return signed ? viewOf(element).getInt16(0, element.littleEndian) : viewOf(element).getUint16(0, element.littleEndian)
}

export const itemsOf = (dataset: Dataset, tag: number): readonly Dataset[] => dataset.get(tag)?.items ?? []
