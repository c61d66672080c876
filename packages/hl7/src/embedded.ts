import type { Field, Repetition } from './element.ts'
import { fromHex } from './hex.ts'
import { Hl7Error } from './hl7-error.ts'

const bySubtype: Readonly<Record<string, string>> = {
  pdf: 'application/pdf', rtf: 'application/rtf', dicom: 'application/dicom', zip: 'application/zip', xml: 'text/xml',
  jpeg: 'image/jpeg', jpg: 'image/jpeg', jpe: 'image/jpeg', jfif: 'image/jpeg', png: 'image/png', gif: 'image/gif', bmp: 'image/bmp',
  tiff: 'image/tiff', tif: 'image/tiff', 'svg+xml': 'image/svg+xml', svg: 'image/svg+xml',
  html: 'text/html', htm: 'text/html', plain: 'text/plain', txt: 'text/plain',
}

const mainTypes: Readonly<Record<string, string>> = {
  ap: 'application', application: 'application', au: 'audio', audio: 'audio', im: 'image', image: 'image', text: 'text', ft: 'text', tx: 'text',
}

const look = (table: Readonly<Record<string, string>>, key: string): string | undefined => Object.hasOwn(table, key) ? table[key] : undefined

/** HL7 has `Application^PDF`; instruments also say `PDF^`, `application/pdf^` and `TEXT^PDF`. */
const mimeOf = (type: string, subtype: string): string => {
  const [major = '', minor = ''] = type.toLowerCase().trim().split('/')
  const detail = subtype.toLowerCase().trim().replace(/^.*\//, '') || minor || major
  const main = look(mainTypes, major)
  return look(bySubtype, detail) ?? (main && detail !== major && /^[\w.+-]+$/.test(detail) ? `${main}/${detail}` : 'application/octet-stream')
}

const damaged = (encoding: string): Hl7Error => new Hl7Error('damaged_data', `the embedded data is not ${encoding}`)

const fromBase64 = (text: string): Uint8Array => {
  let binary: string
  try {
    binary = atob(text)
  } catch {
    throw damaged('Base64')
  }
  const bytes = new Uint8Array(binary.length)
  for (let index = 0; index < bytes.length; index++) bytes[index] = binary.charCodeAt(index)
  return bytes
}

/**
 * The file in an ED value (`source^type^subtype^encoding^data`; of a field, its first repetition), its type as the sender calls it:
 * judge the bytes before you trust it. White space within Base64 and hexadecimal data is skipped; unencoded text (`A`) comes as
 * UTF-8. null where the value is no ED or has no data. Throws Hl7Error 'damaged_data' where the data is not in its encoding.
 */
export const embeddedData = (value: Field | Repetition): { mime: string; bytes: Uint8Array } | null => {
  const ed = 'repetitions' in value ? value.repetition(1) : value
  const [, type, subtype, encoding, data] = ed.components.map((component) => component.value ?? '')
  if (!data) return null
  const mime = mimeOf(type ?? '', subtype ?? '')
  switch (encoding?.toLowerCase().trim()) {
    case 'base64':
      return { mime, bytes: fromBase64(data) }
    case 'hex': {
      const bytes = fromHex(data.replace(/\s/g, ''))
      if (!bytes) throw damaged('hexadecimal')
      return { mime, bytes }
    }
    case 'a':
      return { mime, bytes: new TextEncoder().encode(data) }
    default:
      return null
  }
}
