import { EncryptedPDFError, PDFDocument } from '@cantoo/pdf-lib'

/** Reads every object of a PDF in the order of the file, whatever its cross references say; of several with one number the last holds. */
export const loadObjects = async (bytes: Uint8Array): Promise<PDFDocument> => {
  const options = { parseSpeed: Infinity, updateMetadata: false, preserveXFA: true }
  try {
    return await PDFDocument.load(bytes, options)
  } catch (error) {
    if (!(error instanceof EncryptedPDFError)) throw error
    return await PDFDocument.load(bytes, { ...options, password: '' })
  }
}
