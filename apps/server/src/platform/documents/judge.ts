import { limits } from './limits.ts'
import { withPdf } from './pdfium.ts'
import { DocumentRefused } from './refusal.ts'

export interface Verdict {
  pages: number
  encrypted: boolean
  /** scripts or attached files that pdfium found */
  active: boolean
}

/** How many pages pdfium opens: 'damaged' unless every one of them loads and the first can be painted. */
export const judge = async (bytes: Uint8Array): Promise<Verdict | 'password' | 'damaged'> => withPdf(bytes, (pdf) => {
  if (pdf.pages > limits.pages) throw new DocumentRefused('too_many_pages')
  for (let page = 0; page < pdf.pages; page++) if (!pdf.loads(page)) return 'damaged'
  if (pdf.pages > 0 && (pdf.size(0).width <= 0 || !pdf.render(0, 64))) return 'damaged'
  return { pages: pdf.pages, encrypted: pdf.encrypted, active: pdf.scripts > 0 || pdf.attachments > 0 }
})
