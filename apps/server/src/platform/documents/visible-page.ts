import { PDFArray, PDFName, PDFNumber } from '@cantoo/pdf-lib'
import type { PDFContext, PDFDict, PDFObject } from '@cantoo/pdf-lib'
import { resolve } from './resolve.ts'

/** x, y of the lower left corner, in the page's own units. */
export interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** As the operator `cm` takes it. */
export type Matrix = readonly [number, number, number, number, number, number]

export interface VisiblePage {
  /** what is seen of the page, in its own coordinates */
  box: Box
  /** as seen: points */
  width: number
  height: number
  /** from points as seen, from the lower left corner, to the page's own coordinates */
  toPage: Matrix
  /** points in one of the page's own units */
  unit: number
}

const letter: Box = { x: 0, y: 0, width: 612, height: 792 }

export const numberOf = (context: PDFContext, object: PDFObject | undefined): number | null => {
  const number = resolve(context, object)
  return number instanceof PDFNumber && Number.isFinite(number.asNumber()) ? number.asNumber() : null
}

export const numbersOf = (context: PDFContext, object: PDFObject | undefined): number[] => {
  const array = resolve(context, object)
  return array instanceof PDFArray ? array.asArray().map((entry) => numberOf(context, entry) ?? 0) : []
}

/** Corners may come in any order; a box without area counts as missing. */
export const boxOf = (context: PDFContext, page: PDFDict, key: string): Box | null => {
  const corners = numbersOf(context, page.get(PDFName.of(key)))
  if (corners.length !== 4) return null
  const [a = 0, b = 0, c = 0, d = 0] = corners
  const box = { x: Math.min(a, c), y: Math.min(b, d), width: Math.abs(a - c), height: Math.abs(b - d) }
  return box.width > 0 && box.height > 0 ? box : null
}

const common = (one: Box, other: Box): Box | null => {
  const [x, y] = [Math.max(one.x, other.x), Math.max(one.y, other.y)]
  const width = Math.min(one.x + one.width, other.x + other.width) - x
  const height = Math.min(one.y + one.height, other.y + other.height) - y
  return width > 0 && height > 0 ? { x, y, width, height } : null
}

/** Reads boxes, rotation and unit of a page that has inherited what it inherits, as pdfium does. */
export const visiblePage = (context: PDFContext, page: PDFDict): VisiblePage => {
  const media = boxOf(context, page, 'MediaBox') ?? letter
  const crop = boxOf(context, page, 'CropBox')
  const box = (crop && common(crop, media)) ?? media
  const unit = Math.max(numberOf(context, page.get(PDFName.of('UserUnit'))) ?? 1, 0.001)
  const turn = ((Math.round((numberOf(context, page.get(PDFName.of('Rotate'))) ?? 0) / 90) % 4) + 4) % 4
  const [width, height] = turn % 2 === 0 ? [box.width * unit, box.height * unit] : [box.height * unit, box.width * unit]
  const [right, top, per] = [box.x + box.width, box.y + box.height, 1 / unit]
  const turns: readonly Matrix[] = [
    [per, 0, 0, per, box.x, box.y], [0, per, -per, 0, right, box.y], [-per, 0, 0, -per, right, top], [0, -per, per, 0, box.x, top],
  ]
  return { box, width, height, unit, toPage: turns[turn] ?? [per, 0, 0, per, box.x, box.y] }
}

/** First `first`, then `then`. */
export const after = (first: Matrix, then: Matrix): Matrix => [
  first[0] * then[0] + first[1] * then[2], first[0] * then[1] + first[1] * then[3],
  first[2] * then[0] + first[3] * then[2], first[2] * then[1] + first[3] * then[3],
  first[4] * then[0] + first[5] * then[2] + then[4], first[4] * then[1] + first[5] * then[3] + then[5],
]

export const inverse = ([a, b, c, d, e, f]: Matrix): Matrix => {
  const area = a * d - b * c
  return [d / area, -b / area, -c / area, a / area, (c * f - d * e) / area, (b * e - a * f) / area]
}

export const moved = ([a, b, c, d, e, f]: Matrix, x: number, y: number): [number, number] => [a * x + c * y + e, b * x + d * y + f]
