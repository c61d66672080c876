import { limits } from './limits.ts'
import { pdfium, saveCopy, withPdf } from './pdfium.ts'
import { DocumentRefused } from './refusal.ts'

/** The pages of all files, in order, in one. What fields and annotations show is drawn onto the pages first: they do not survive the move. */
export const mergePages = async (files: readonly Uint8Array[], mostPages = limits.pages): Promise<{ bytes: Uint8Array; pages: number }> => {
  const lib = await pdfium()
  const target = lib.FPDF_CreateNewDocument()
  try {
    for (const file of files) {
      const outcome = await withPdf(file, (pdf) => {
        const before = lib.FPDF_GetPageCount(target)
        if (before + pdf.pages > mostPages) throw new DocumentRefused('too_many_pages')
        pdf.flatten()
        return lib.FPDF_ImportPagesByIndex(target, pdf.handle, 0, 0, before) && lib.FPDF_GetPageCount(target) === before + pdf.pages
      })
      if (outcome === 'password') throw new DocumentRefused('password')
      if (outcome !== true) throw new DocumentRefused('too_damaged')
    }
    const pages = lib.FPDF_GetPageCount(target)
    if (pages === 0) throw new DocumentRefused('no_pages')
    for (const key of ['CreationDate', 'ModDate', 'Creator', 'Producer']) lib.EPDF_SetMetaText(target, key, 0)
    const bytes = saveCopy(lib, target)
    if (bytes.length > limits.bytes) throw new DocumentRefused('too_large')
    return { bytes, pages }
  } finally {
    lib.FPDF_CloseDocument(target)
  }
}
