import { PDFArray, PDFName, PDFRawStream, decodePDFRawStream } from '@cantoo/pdf-lib'
import type { PDFContext, PDFDict } from '@cantoo/pdf-lib'
import { DocumentRefused } from './refusal.ts'
import { resolve } from './resolve.ts'
import type { Box } from './visible-page.ts'

const name = (text: string) => PDFName.of(text)

/** What a page draws as one thing that can be placed, cut off at `box`: whatever state its instructions leave behind stays inside. */
export const formOf = (context: PDFContext, page: PDFDict, box: Box): PDFRawStream => {
  const contents = resolve(context, page.get(name('Contents')))
  const parts = (contents instanceof PDFArray ? contents.asArray() : [contents])
    .map((part) => resolve(context, part)).filter((part) => part instanceof PDFRawStream)
  const entries = {
    Type: 'XObject', Subtype: 'Form', FormType: 1, BBox: [box.x, box.y, box.x + box.width, box.y + box.height],
    Resources: page.get(name('Resources')) ?? context.obj({}), ...(page.has(name('Group')) ? { Group: page.get(name('Group')) } : {}),
  }
  const [only] = parts
  if (parts.length !== 1 || !only) return context.flateStream(Buffer.concat(parts.flatMap((part) => [decoded(part), newline])), entries)
  const dict = only.dict.clone(context)
  for (const [key, value] of context.obj(entries).entries()) dict.set(key, value)
  return PDFRawStream.of(dict, only.contents)
}

const newline = Uint8Array.of(10)

/** As far as it can be unpacked: that is what readers show. */
const decoded = (part: PDFRawStream): Uint8Array => {
  try {
    return decodePDFRawStream(part).decode()
  } catch (error) {
    throw new DocumentRefused('too_damaged', (error as Error).message)
  }
}
