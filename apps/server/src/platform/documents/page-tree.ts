import { PDFArray, PDFDict, PDFName, PDFNumber, PDFRef } from '@cantoo/pdf-lib'
import type { PDFContext, PDFObject } from '@cantoo/pdf-lib'
import { limits } from './limits.ts'
import { DocumentRefused } from './refusal.ts'
import { resolve } from './resolve.ts'
import { boxOf, visiblePage } from './visible-page.ts'

export interface Leaf {
  ref: PDFRef
  page: PDFDict
}

const name = (text: string) => PDFName.of(text)
const inherited = ['Resources', 'MediaBox', 'CropBox', 'Rotate'].map(name)

export const catalogOf = (context: PDFContext): PDFDict | null => {
  const catalog = resolve(context, context.trailerInfo.Root)
  return catalog instanceof PDFDict ? catalog : null
}

/** The pages that the tree really has, in order, whatever its counts say; loops and dead ends are left out. Throws beyond the limit of pages. */
export const leavesOf = (context: PDFContext): Leaf[] => {
  const leaves: Leaf[] = []
  const seen = new Set<PDFDict>()
  const waiting: { node: PDFObject | undefined; from: PDFDict | null }[] = [{ node: catalogOf(context)?.get(name('Pages')), from: null }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const node = resolve(context, next.node)
    if (!(node instanceof PDFDict)) continue
    const kids = resolve(context, node.get(name('Kids')))
    if (kids instanceof PDFArray) {
      if (seen.has(node)) continue
      seen.add(node)
      inherit(node, next.from)
      waiting.push(...kids.asArray().map((kid) => ({ node: kid, from: node })).toReversed())
    } else if (resolve(context, node.get(name('Type'))) !== name('Pages')) {
      leaves.push(leafOf(context, next.node, node, { from: next.from, again: seen.has(node) }))
      seen.add(node)
      if (leaves.length > limits.pages) throw new DocumentRefused('too_many_pages')
    }
  }
  return leaves
}

/** A page that stands in the tree twice becomes two: what is written on one must not appear on the other. */
const leafOf = (context: PDFContext, node: PDFObject | undefined, page: PDFDict, { from, again }: { from: PDFDict | null; again: boolean }): Leaf => {
  if (again) return leafOf(context, undefined, page.clone(context), { from, again: false })
  inherit(page, from)
  return { page, ref: node instanceof PDFRef ? node : context.register(page) }
}

const inherit = (node: PDFDict, from: PDFDict | null): void => {
  for (const key of from ? inherited : []) {
    const value = from?.get(key)
    if (value && !node.has(key)) node.set(key, value)
  }
}

/** Pages of a file whose tree is lost, in the order in which they stand in it. */
export const strayPages = (context: PDFContext): Leaf[] => {
  const leaves = context.enumerateIndirectObjects().flatMap(([ref, page]) =>
    page instanceof PDFDict && resolve(context, page.get(name('Type'))) === name('Page') ? [{ ref, page }] : [])
  if (leaves.length > limits.pages) throw new DocumentRefused('too_many_pages')
  for (const { page } of leaves) {
    const parent = resolve(context, page.get(name('Parent')))
    if (parent instanceof PDFDict) inherit(page, parent)
  }
  return leaves
}

/** Hangs the pages into a new, flat tree. */
export const plantTree = (context: PDFContext, leaves: readonly Leaf[]): void => {
  const root = context.nextRef()
  for (const { page } of leaves) {
    page.set(name('Type'), name('Page'))
    page.set(name('Parent'), root)
    straightenBoxes(context, page)
  }
  context.assign(root, context.obj({ Type: 'Pages', Kids: leaves.map(({ ref }) => ref), Count: PDFNumber.of(leaves.length) }))
  const catalog = catalogOf(context) ?? context.obj({})
  catalog.set(name('Type'), name('Catalog'))
  catalog.set(name('Pages'), root)
  if (!catalogOf(context)) context.trailerInfo.Root = context.register(catalog)
}

/** A page of which nothing would be seen is shown as it would be without its boxes. */
const straightenBoxes = (context: PDFContext, page: PDFDict): void => {
  const { box } = visiblePage(context, page)
  const corners = () => context.obj([box.x, box.y, box.x + box.width, box.y + box.height])
  if (page.has(name('CropBox'))) page.set(name('CropBox'), corners())
  if (!boxOf(context, page, 'MediaBox')) page.set(name('MediaBox'), corners())
}
