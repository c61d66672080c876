import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy } from 'pdfjs-dist'
import worker from 'pdfjs-dist/build/pdf.worker.min.mjs?url'
import { fetchFile } from '../../platform/fetch-file.ts'
import { ApiProblem } from '../../platform/problem.ts'

GlobalWorkerOptions.workerSrc = worker

export type { PDFDocumentProxy }

/** Loads a PDF of the lab, by its address or from bytes at hand. */
export async function openPdf(source: string | Blob, signal: AbortSignal): Promise<PDFDocumentProxy> {
  const blob = typeof source === 'string' ? await fetchFile(source, signal) : source
  const data = await blob.arrayBuffer()
  const task = getDocument({
    data,
    // Not the reader's own fonts: a preview looks the same everywhere.
    useSystemFonts: false,
    standardFontDataUrl: '/pdfjs/standard_fonts/',
    cMapUrl: '/pdfjs/cmaps/',
    iccUrl: '/pdfjs/iccs/',
    wasmUrl: '/pdfjs/wasm/',
  })
  signal.addEventListener('abort', () => void task.destroy())
  return task.promise.catch((error: unknown) => {
    throw new ApiProblem({ status: 422, code: 'ui.unreadable_pdf', title: 'The file cannot be shown', detail: String(error) })
  })
}
