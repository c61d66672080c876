import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { init } from '@embedpdf/pdfium'
import type { WrappedPdfiumModule } from '@embedpdf/pdfium'

/** Pixels as pdfium paints them: blue, green, red, unused; rows from the top. */
export interface Painted {
  width: number
  height: number
  bgrx: Uint8Array
}

export interface OpenPdf {
  readonly pages: number
  readonly encrypted: boolean
  readonly scripts: number
  readonly attachments: number
  /** whether the page can be loaded */
  loads(page: number): boolean
  /** visible size in points, rotated as seen */
  size(page: number): { width: number; height: number }
  render(page: number, longest: number): Painted | null
  /** Turns annotations and form fields into what is seen of them. */
  flatten(): void
  /** A clean copy without encryption. */
  save(): Uint8Array
  /** The handle, for calls of pdfium itself. */
  readonly handle: number
}

export type PdfiumError = 'password' | 'damaged'

let library: Promise<WrappedPdfiumModule> | null = null

export const pdfium = (): Promise<WrappedPdfiumModule> => {
  library ??= (async () => {
    const wasm = readFileSync(fileURLToPath(import.meta.resolve('@embedpdf/pdfium/pdfium.wasm')))
    const lib = await init({ wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length) })
    lib.PDFiumExt_Init()
    return lib
  })()
  return library
}

/** Opens a PDF with the empty password, hands it to `use` and closes it. The module is thrown away after a trap: its memory is not to be trusted. */
export const withPdf = async <T>(bytes: Uint8Array, use: (pdf: OpenPdf, lib: WrappedPdfiumModule) => T): Promise<T | PdfiumError> => {
  const lib = await pdfium()
  try {
    const memory = lib.pdfium.wasmExports.malloc(bytes.length)
    if (memory === 0) return 'damaged'
    heapOf(lib).set(bytes, memory)
    const handle = lib.FPDF_LoadMemDocument(memory, bytes.length, '')
    try {
      if (handle === 0) return lib.FPDF_GetLastError() === passwordError ? 'password' : 'damaged'
      return use(openPdf(lib, handle), lib)
    } finally {
      if (handle !== 0) lib.FPDF_CloseDocument(handle)
      lib.pdfium.wasmExports.free(memory)
    }
  } catch (error) {
    if (!(error instanceof Error) || !['RuntimeError', 'RangeError'].includes(error.name)) throw error
    library = null
    return 'damaged'
  }
}

/** The view is a new one whenever the memory has grown: never keep it. */
const heapOf = (lib: WrappedPdfiumModule): Uint8Array => (lib.pdfium as unknown as { HEAPU8: Uint8Array }).HEAPU8

const passwordError = 4
const [withAnnotations, bgrxFormat, removeSecurity, flattenForDisplay] = [1, 3, 3, 0]

const openPdf = (lib: WrappedPdfiumModule, handle: number): OpenPdf => {
  const withPage = <T>(page: number, use: (page: number) => T, otherwise: T): T => {
    const loaded = lib.FPDF_LoadPage(handle, page)
    if (loaded === 0) return otherwise
    try {
      return use(loaded)
    } finally {
      lib.FPDF_ClosePage(loaded)
    }
  }
  const size = (loaded: number) => ({ width: lib.FPDF_GetPageWidthF(loaded), height: lib.FPDF_GetPageHeightF(loaded) })
  return {
    handle,
    pages: lib.FPDF_GetPageCount(handle),
    encrypted: lib.EPDF_IsEncrypted(handle),
    scripts: lib.FPDFDoc_GetJavaScriptActionCount(handle),
    attachments: lib.FPDFDoc_GetAttachmentCount(handle),
    loads: (page) => withPage(page, () => true, false),
    size: (page) => withPage(page, size, { width: 0, height: 0 }),
    render: (page, longest) => withPage(page, (loaded) => paint(lib, loaded, size(loaded), longest), null),
    flatten: () => inForms(lib, handle, () => {
      for (let page = 0; page < lib.FPDF_GetPageCount(handle); page++) withPage(page, (loaded) => lib.FPDFPage_Flatten(loaded, flattenForDisplay), 0)
    }),
    save: () => saveCopy(lib, handle),
  }
}

/** Pictures of form fields exist only while forms are at work. */
const inForms = (lib: WrappedPdfiumModule, handle: number, work: () => void): void => {
  const info = lib.PDFiumExt_OpenFormFillInfo()
  const form = lib.PDFiumExt_InitFormFillEnvironment(handle, info)
  try {
    for (let page = 0; form !== 0 && page < lib.FPDF_GetPageCount(handle); page++) {
      const loaded = lib.FPDF_LoadPage(handle, page)
      if (loaded === 0) continue
      lib.FORM_OnAfterLoadPage(loaded, form)
      lib.FORM_OnBeforeClosePage(loaded, form)
      lib.FPDF_ClosePage(loaded)
    }
    work()
  } finally {
    if (form !== 0) lib.PDFiumExt_ExitFormFillEnvironment(form)
    lib.PDFiumExt_CloseFormFillInfo(info)
  }
}

const paint = (lib: WrappedPdfiumModule, page: number, size: { width: number; height: number }, longest: number): Painted | null => {
  const scale = longest / Math.max(size.width, size.height)
  const [width, height] = [Math.max(1, Math.round(size.width * scale)), Math.max(1, Math.round(size.height * scale))]
  const bitmap = lib.FPDFBitmap_CreateEx(width, height, bgrxFormat, 0, 0)
  if (bitmap === 0) return null
  try {
    lib.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff)
    lib.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, withAnnotations)
    const buffer = lib.FPDFBitmap_GetBuffer(bitmap)
    const stride = lib.FPDFBitmap_GetStride(bitmap)
    const bgrx = new Uint8Array(width * height * 4)
    for (let y = 0; y < height; y++) bgrx.set(heapOf(lib).subarray(buffer + y * stride, buffer + y * stride + width * 4), y * width * 4)
    return { width, height, bgrx }
  } finally {
    lib.FPDFBitmap_Destroy(bitmap)
  }
}

export const saveCopy = (lib: WrappedPdfiumModule, handle: number): Uint8Array => {
  const writer = lib.PDFiumExt_OpenFileWriter()
  try {
    lib.FPDF_SaveAsCopy(handle, writer, removeSecurity)
    const size = lib.PDFiumExt_GetFileWriterSize(writer)
    const memory = lib.pdfium.wasmExports.malloc(size)
    lib.PDFiumExt_GetFileWriterData(writer, memory, size)
    const bytes = heapOf(lib).slice(memory, memory + size)
    lib.pdfium.wasmExports.free(memory)
    return bytes
  } finally {
    lib.PDFiumExt_CloseFileWriter(writer)
  }
}
