import { inflateRawSync, inflateSync, constants } from 'node:zlib'
import { PDFArray, PDFDict, PDFName, PDFRawStream, PDFRef, PDFStream } from '@cantoo/pdf-lib'
import type { PDFContext, PDFObject } from '@cantoo/pdf-lib'
import { resolve } from './resolve.ts'
import type { Leaf } from './page-tree.ts'

/** Streams that unpack to more than this are not looked into. */
const most = 64 * 1024 * 1024
const name = (text: string) => PDFName.of(text)

/**
 * How much of a page can be read: 'part' where something is cut off or garbled, 'bare' where a font or picture that it names is gone, 'none' where
 * nothing is left or all that it draws with is gone.
 */
export type Readable = 'whole' | 'part' | 'bare' | 'none'

/** One entry for each page. The page count of a damaged file may be right while its pages are empty: this tells. */
export const readability = (context: PDFContext, leaves: readonly Leaf[]): Readable[] => {
  const known = new Map<PDFObject, Readable>()
  return leaves.map(({ page }) => {
    const resources = resolve(context, page.get(name('Resources')))
    const tools = ['Font', 'XObject'].flatMap((kind) => {
      const group = resources instanceof PDFDict ? resolve(context, resources.get(name(kind))) : undefined
      return group instanceof PDFDict ? group.values() : []
    })
    const reads = tools.map((tool) => {
      const state = known.get(tool) ?? toolState(context, tool)
      known.set(tool, state)
      return state
    })
    const drawn = contentState(context, page.get(name('Contents')))
    if (drawn === 'none' || (reads.length > 0 && reads.every((state) => state === 'none'))) return 'none'
    if (reads.includes('none')) return 'bare'
    return drawn === 'part' || reads.includes('part') ? 'part' : 'whole'
  })
}

const contentState = (context: PDFContext, promised: PDFObject | undefined): Readable => {
  if (!promised) return 'whole'
  const contents = resolve(context, promised)
  const parts = contents instanceof PDFArray ? contents.asArray().map((part) => resolve(context, part)) : [contents]
  const states = parts.map((part) => (part instanceof PDFRawStream ? streamState(context, part) : part instanceof PDFStream ? 'whole' : 'none'))
  if (states.every((state) => state === 'whole')) return 'whole'
  return states.every((state) => state === 'none') ? 'none' : 'part'
}

/** A font or picture, with all that hangs on it. */
const toolState = (context: PDFContext, tool: PDFObject): Readable => {
  const seen = new Set<PDFObject>()
  const waiting = [tool]
  let state: Readable = 'whole'
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const object = resolve(context, next)
    if (next instanceof PDFRef && object === undefined) return 'none'
    if (!object || seen.has(object)) continue
    seen.add(object)
    if (object instanceof PDFRawStream && streamState(context, object) !== 'whole') state = 'part'
    const dict = object instanceof PDFStream ? object.dict : object
    if (dict instanceof PDFArray) waiting.push(...dict.asArray())
    else if (dict instanceof PDFDict) waiting.push(...needed.flatMap((key) => dict.get(key) ?? []))
  }
  return state
}

/** What a font or picture cannot do without. */
const needed = [
  'DescendantFonts', 'FontDescriptor', 'FontFile', 'FontFile2', 'FontFile3', 'CharProcs', 'Resources', 'Font', 'XObject', 'SMask',
].map(name)

const streamState = (context: PDFContext, { dict, contents }: PDFRawStream): Readable => {
  const filter = resolve(context, dict.get(name('Filter')))
  const only = filter instanceof PDFArray && filter.size() === 1 ? resolve(context, filter.get(0)) : filter
  if (only !== name('FlateDecode') || contents.length === 0) return 'whole'
  const fault = faultOf(() => inflateSync(contents, { maxOutputLength: most }))
  if (!fault) return 'whole'
  // some writers leave the checksum out
  if (fault === 'Z_BUF_ERROR' && !faultOf(() => inflateRawSync(contents.subarray(2), { maxOutputLength: most }))) return 'whole'
  return faultOf(() => inflateSync(contents.subarray(0, 256), { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: most })) ? 'none' : 'part'
}

/** The code of zlib's complaint; null where it has none, or only of more than is looked into. */
const faultOf = (work: () => Buffer): string | null => {
  try {
    return work().length > 0 ? null : 'nothing'
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
    return code === 'ERR_BUFFER_TOO_LARGE' ? null : code
  }
}
