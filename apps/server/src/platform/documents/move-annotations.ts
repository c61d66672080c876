import { PDFArray, PDFDict, PDFName } from '@cantoo/pdf-lib'
import type { PDFContext } from '@cantoo/pdf-lib'
import { resolve } from './resolve.ts'
import { moved, numbersOf } from './visible-page.ts'
import type { Matrix } from './visible-page.ts'

const points = ['QuadPoints', 'Vertices', 'L', 'CL'].map((key) => PDFName.of(key))
const [rectangle, differences, strokes, annotations] = ['Rect', 'RD', 'InkList', 'Annots'].map((key) => PDFName.of(key)) as
  [PDFName, PDFName, PDFName, PDFName]

/** Moves the annotations and fields of a page as its content is moved; `done` keeps one that hangs on two pages from moving twice. */
export const moveAnnotations = (context: PDFContext, page: PDFDict, matrix: Matrix, done: Set<PDFDict>): void => {
  const list = resolve(context, page.get(annotations))
  for (const entry of list instanceof PDFArray ? list.asArray() : []) {
    const annotation = resolve(context, entry)
    if (!(annotation instanceof PDFDict) || done.has(annotation)) continue
    done.add(annotation)
    const corners = movedPoints(numbersOf(context, annotation.get(rectangle)), matrix)
    if (corners.length === 4) {
      const [a = 0, b = 0, c = 0, d = 0] = corners
      annotation.set(rectangle, context.obj([Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)]))
    }
    for (const key of points) {
      if (annotation.has(key)) annotation.set(key, context.obj(movedPoints(numbersOf(context, annotation.get(key)), matrix)))
    }
    const scale = Math.hypot(matrix[0], matrix[1])
    const sides = numbersOf(context, annotation.get(differences))
    if (sides.length > 0) annotation.set(differences, context.obj(sides.map((side) => side * scale)))
    const ink = resolve(context, annotation.get(strokes))
    if (ink instanceof PDFArray) annotation.set(strokes, context.obj(ink.asArray().map((stroke) => movedPoints(numbersOf(context, stroke), matrix))))
  }
}

const movedPoints = (numbers: readonly number[], matrix: Matrix): number[] =>
  numbers.flatMap((x, at) => (at % 2 === 0 && at + 1 < numbers.length ? moved(matrix, x, numbers[at + 1] ?? 0) : []))
