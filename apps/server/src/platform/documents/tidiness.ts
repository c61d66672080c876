import { PDFArray, PDFDict, PDFName, PDFRawStream } from '@cantoo/pdf-lib'
import type { PDFContext } from '@cantoo/pdf-lib'
import type { Leaf } from './page-tree.ts'
import { catalogOf } from './page-tree.ts'
import { resolve } from './resolve.ts'
import { numberOf } from './visible-page.ts'

const name = (text: string) => PDFName.of(text)

/** Whether the objects agree with one another where strict readers insist: the count of pages, what a page tree holds, lengths of streams. */
export const isTidy = (context: PDFContext, leaves: readonly Leaf[]): boolean => {
  const root = resolve(context, catalogOf(context)?.get(name('Pages')))
  if (!(root instanceof PDFDict) || numberOf(context, root.get(name('Count'))) !== leaves.length) return false
  if (hasLoop(context, root)) return false
  return context.enumerateIndirectObjects().every(([, object]) =>
    !(object instanceof PDFRawStream) || Math.abs((numberOf(context, object.dict.get(name('Length'))) ?? -9) - object.contents.length) <= lineEnd)
}

/** A stream is measured to its last byte or to the end of that line. */
const lineEnd = 2

const hasLoop = (context: PDFContext, root: PDFDict): boolean => {
  const seen = new Set<PDFDict>([root])
  const waiting = [root]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const kids = resolve(context, node.get(name('Kids')))
    for (const entry of kids instanceof PDFArray ? kids.asArray() : []) {
      const kid = resolve(context, entry)
      if (!(kid instanceof PDFDict) || !kid.has(name('Kids'))) continue
      if (seen.has(kid)) return true
      seen.add(kid)
      waiting.push(kid)
    }
  }
  return false
}
