import { PDFArray, PDFDict, PDFName, PDFRef, PDFStream } from '@cantoo/pdf-lib'
import type { PDFContext, PDFObject } from '@cantoo/pdf-lib'
import { catalogOf } from './page-tree.ts'
import { resolve } from './resolve.ts'

const name = (text: string) => PDFName.of(text)
const actions = new Set(['JavaScript', 'Launch', 'ImportData', 'SubmitForm', 'RichMediaExecute', 'Rendition'].map(name))
const carriers = new Set(['EmbeddedFile', 'Filespec', 'F'].map(name))
const annotations = new Set(['FileAttachment', 'RichMedia', 'Movie', 'Sound', 'Screen', '3D'].map(name))
const treesOfNames = ['JavaScript', 'EmbeddedFiles'].map(name)

const isAction = (context: PDFContext, dict: PDFDict) => actions.has(resolve(context, dict.get(name('S'))) as PDFName)
const isCarrier = (context: PDFContext, dict: PDFDict) => carriers.has(resolve(context, dict.get(name('Type'))) as PDFName)
const isPlayer = (context: PDFContext, dict: PDFDict) =>
  dict.has(name('Rect')) && annotations.has(resolve(context, dict.get(name('Subtype'))) as PDFName)

/** Every dictionary of the file, also those inside others. */
function* dictionaries(context: PDFContext): Generator<PDFDict> {
  const waiting: PDFObject[] = context.enumerateIndirectObjects().map(([, object]) => object)
  for (let object = waiting.pop(); object; object = waiting.pop()) {
    const dict = object instanceof PDFStream ? object.dict : object
    if (dict instanceof PDFDict) {
      yield dict
      waiting.push(...dict.values())
    } else if (dict instanceof PDFArray) waiting.push(...dict.asArray())
  }
}

export const hasActiveContent = (context: PDFContext): boolean => {
  for (const dict of dictionaries(context)) {
    if (isAction(context, dict) || isPlayer(context, dict) || resolve(context, dict.get(name('Type'))) === name('EmbeddedFile')) return true
  }
  return false
}

/** Takes out scripts, programs to start, attached files and players. What hangs on them goes too: an unreachable script is still in the file. */
export const removeActiveContent = (context: PDFContext): void => {
  const catalog = catalogOf(context)
  for (const key of ['OpenAction', 'AA', 'AF', 'Collection', 'Requirements']) catalog?.delete(name(key))
  const names = resolve(context, catalog?.get(name('Names')))
  if (names instanceof PDFDict) for (const key of treesOfNames) names.delete(key)
  for (const dict of Array.from(dictionaries(context))) {
    dict.delete(name('AA'))
    if (isAction(context, dict) || isCarrier(context, dict)) empty(context, dict)
    if (isPlayer(context, dict)) for (const key of ['FS', 'A', 'RichMediaContent', 'Movie', 'Sound', '3DD']) dict.delete(name(key))
  }
  for (const [ref, object] of context.enumerateIndirectObjects()) {
    if (object instanceof PDFStream && isCarrier(context, object.dict)) context.delete(ref)
  }
}

const empty = (context: PDFContext, dict: PDFDict): void => {
  for (const [key, value] of dict.entries()) {
    if (key === name('Type')) continue
    if (key === name('JS') && value instanceof PDFRef) context.delete(value)
    dict.delete(key)
  }
}
