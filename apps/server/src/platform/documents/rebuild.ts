import { PDFDict, PDFInvalidObject, PDFWriter } from '@cantoo/pdf-lib'
import type { PDFContext } from '@cantoo/pdf-lib'
import { removeActiveContent } from './active-content.ts'
import { loadObjects } from './load-objects.ts'
import { leavesOf, plantTree, strayPages } from './page-tree.ts'
import { resolve } from './resolve.ts'
import type { Leaf } from './page-tree.ts'

/** The objects of a file with its pages in one flat tree and nothing active in it. No page: no leaf. */
export const gather = async (bytes: Uint8Array): Promise<{ context: PDFContext; leaves: Leaf[] }> => {
  const { context } = await loadObjects(bytes)
  for (const [ref, object] of context.enumerateIndirectObjects()) if (object instanceof PDFInvalidObject) context.delete(ref)
  const rooted = leavesOf(context)
  const leaves = rooted.length > 0 ? rooted : strayPages(context)
  if (leaves.length > 0) plantTree(context, leaves)
  removeActiveContent(context)
  return { context, leaves }
}

/** Writes the objects anew. Without `/ID`, so that the same objects are the same bytes. */
export const write = (context: PDFContext): Promise<Uint8Array> => {
  delete context.trailerInfo.ID
  if (!(resolve(context, context.trailerInfo.Info) instanceof PDFDict)) delete context.trailerInfo.Info
  return PDFWriter.forContext(context, Infinity).serializeToBuffer()
}

/** Reads all objects that can be read and writes a new file around the pages among them; null where there are none. */
export const rebuild = async (bytes: Uint8Array): Promise<Uint8Array | null> => {
  const { context, leaves } = await gather(bytes)
  return leaves.length > 0 ? await write(context) : null
}
