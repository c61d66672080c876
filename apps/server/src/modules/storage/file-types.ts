import type { FileCategory } from '@aliquot/contracts'

interface FileType {
  /** The first is the one that stored paths get. */
  extensions: readonly [string, ...string[]]
  /** What the content may turn out to be, in the names of the file-type package. */
  sniffedAs: readonly string[]
}

const heif: FileType = { extensions: ['heic', 'heif'], sniffedAs: ['image/heic', 'image/heif', 'image/heic-sequence', 'image/heif-sequence'] }

/** What may be stored, by declared content type. Nothing that a browser would run: no HTML, no SVG. */
const fileTypes: Readonly<Record<string, FileType>> = {
  'application/pdf': { extensions: ['pdf'], sniffedAs: ['application/pdf'] },
  'image/jpeg': { extensions: ['jpg', 'jpeg', 'jpe', 'jfif'], sniffedAs: ['image/jpeg'] },
  'image/png': { extensions: ['png'], sniffedAs: ['image/png', 'image/apng'] },
  'image/heic': heif,
  'image/heif': heif,
  'image/webp': { extensions: ['webp'], sniffedAs: ['image/webp'] },
  'image/tiff': { extensions: ['tif', 'tiff'], sniffedAs: ['image/tiff'] },
  'image/bmp': { extensions: ['bmp'], sniffedAs: ['image/bmp'] },
  'image/gif': { extensions: ['gif'], sniffedAs: ['image/gif'] },
}

const pictures = ['image/png', 'image/jpeg', 'image/webp']
const documents = Object.keys(fileTypes)
const megabyte = 1024 * 1024

interface CategoryRule {
  types: readonly string[]
  maxBytes: number
}

export const categoryRules: Readonly<Record<FileCategory, CategoryRule>> = {
  FileTypeReport: { types: documents, maxBytes: 100 * megabyte },
  IdProof: { types: documents, maxBytes: 15 * megabyte },
  PatientAttachment: { types: documents, maxBytes: 50 * megabyte },
  LabLogo: { types: pictures, maxBytes: 5 * megabyte },
  Signature: { types: pictures, maxBytes: 2 * megabyte },
}

export const typeOf = (contentType: string): FileType | undefined =>
  (Object.hasOwn(fileTypes, contentType) ? fileTypes[contentType] : undefined)

const atItsEnd = /\.[A-Za-z0-9]{1,5}$/
/** scan.jpeg → scan */
export const withoutExtension = (fileName: string): string => fileName.replace(atItsEnd, '')

/** The content type that a file name promises; null where no such file is stored. */
export function typeOfName(fileName: string): string | null {
  const extension = /\.([A-Za-z0-9]{1,5})$/.exec(fileName)?.[1]?.toLowerCase() ?? ''
  return Object.entries(fileTypes).find(([, { extensions }]) => extensions.includes(extension))?.[0] ?? null
}
