import { limits } from './limits.ts'
import { DocumentRefused } from './refusal.ts'

export type PictureKind = 'jpeg' | 'png' | 'webp' | 'tiff' | 'bmp' | 'gif' | 'heic'
/** What the bytes are; `at` is where the PDF begins. */
export type Sniffed = { kind: 'pdf'; at: number } | { kind: PictureKind }

const latin = (bytes: Uint8Array, from: number, to: number) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1', from, to)

const beginsWith = (...starts: readonly string[]) => (file: string) => starts.some((start) => file.startsWith(start))
const brand = (file: string) => (file.startsWith('ftyp', 4) ? file.slice(8, 12) : null)
const headersOfBmp = new Set([12, 40, 52, 56, 64, 108, 124].map((size) => `${String.fromCodePoint(size)}\0\0\0`))

const pictures: readonly (readonly [PictureKind, (file: string) => boolean])[] = [
  ['jpeg', beginsWith('\xff\xd8\xff')],
  ['png', beginsWith('\x89PNG\r\n\x1a\n')],
  ['gif', beginsWith('GIF87a', 'GIF89a')],
  ['webp', (file) => file.startsWith('RIFF') && file.startsWith('WEBP', 8)],
  ['tiff', beginsWith('II*\0', 'II+\0', 'MM\0*', 'MM\0+')],
  ['bmp', (file) => file.startsWith('BM') && headersOfBmp.has(file.slice(14, 18))],
  ['heic', (file) => ['heic', 'heix', 'hevc', 'hevx', 'mif1', 'msf1'].includes(brand(file) ?? '')],
]

/** Beginnings by which other programs run or unpack a file, whatever stands further back. */
const otherPrograms = beginsWith(
  'MZ', 'PK\x03\x04', 'PK\x05\x06', '\x7fELF', '#!', 'Rar!', '7z\xbc\xaf', '\xca\xfe\xba\xbe', '\xcf\xfa\xed\xfe', '\xd0\xcf\x11\xe0',
  '\x89PNG', 'GIF8', 'RIFF',
)
const markup = /<\s*(?:!doctype\s+html|html|head|body|script|svg|iframe)[\s>]/i
const documentsOfOthers = beginsWith('PK\x03\x04', '\xd0\xcf\x11\xe0', '{\\rtf', '<?xml', '<svg', '%!PS', '\x1f\x8b', '\0\0\0\x0cjP  ')

/** A ZIP reads its file from the end: a last record whose comment ends exactly with the file is no accident. */
const endsAsZip = (bytes: Uint8Array): boolean => {
  const tail = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).subarray(-65_557)
  for (let at = tail.lastIndexOf('PK\x05\x06'); at >= 0; at = at > 0 ? tail.lastIndexOf('PK\x05\x06', at - 1) : -1) {
    if (at + 22 <= tail.length && at + 22 + tail.readUInt16LE(at + 20) === tail.length) return true
  }
  return false
}

/** Tells the kind by the bytes alone; throws `DocumentRefused` for what is no document, or two at once. */
export const sniff = (bytes: Uint8Array): Sniffed => {
  const start = latin(bytes, 0, limits.junk)
  if (start.startsWith('DICM', 128)) throw new DocumentRefused('unsupported', 'DICOM')
  const at = start.indexOf('%PDF-')
  const picture = pictures.find(([, is]) => is(start))?.[0]
  if (at === 0 || (at > 0 && !picture && !otherPrograms(start))) {
    if (markup.test(start.slice(0, at)) || endsAsZip(bytes)) throw new DocumentRefused('polyglot')
    return { kind: 'pdf', at }
  }
  if (at > 0 && (at < 1024 || !picture)) throw new DocumentRefused('polyglot')
  if (picture) {
    if (endsAsZip(bytes)) throw new DocumentRefused('polyglot')
    return { kind: picture }
  }
  throw new DocumentRefused(documentsOfOthers(start) || brand(start) ? 'unsupported' : 'not_a_document')
}

const namesOf: Record<string, Sniffed['kind']> = {
  'application/pdf': 'pdf', 'application/x-pdf': 'pdf',
  'image/jpeg': 'jpeg', 'image/jpg': 'jpeg', 'image/pjpeg': 'jpeg', 'image/png': 'png', 'image/webp': 'webp',
  'image/tiff': 'tiff', 'image/tif': 'tiff', 'image/bmp': 'bmp', 'image/x-ms-bmp': 'bmp', 'image/x-bmp': 'bmp', 'image/gif': 'gif',
  'image/heic': 'heic', 'image/heif': 'heic', 'image/heic-sequence': 'heic', 'image/heif-sequence': 'heic',
}

/** The kind that a content type claims; null where it claims nothing, such as `application/octet-stream`. */
export const claimed = (contentType: string): Sniffed['kind'] | null | 'other' => {
  const name = contentType.split(';')[0]?.trim().toLowerCase() ?? ''
  if (name === '' || name === 'application/octet-stream' || name === 'binary/octet-stream') return null
  return namesOf[name] ?? 'other'
}
