import { describe, expect, it } from 'vitest'
import { embeddedData } from './embedded.ts'
import { Hl7Error } from './hl7-error.ts'
import { parseMessage } from './message.ts'
import { bytesOf } from './testing/samples.ts'

const fieldOf = (value: string) => parseMessage(`MSH|^~\\&|A\rOBX|1|ED|X||${value}\r`).segments('OBX')[0]!.field(5)
const read = (value: string) => embeddedData(fieldOf(value))

describe('embeddedData', () => {
  it('decodes Base64, hexadecimal and plain text', () => {
    expect(read('LAB^Application^PDF^Base64^JVBERi0=')).toEqual({ mime: 'application/pdf', bytes: bytesOf('%PDF-') })
    expect(read('^IM^PNG^Hex^89504e47')).toEqual({ mime: 'image/png', bytes: Uint8Array.of(0x89, 0x50, 0x4e, 0x47) })
    expect(read('^TEXT^^A^a\\F\\é')).toEqual({ mime: 'application/octet-stream', bytes: bytesOf('a|é') })
    expect(embeddedData(fieldOf('x~^TEXT^HTML^A^<p>').repetition(2))).toEqual({ mime: 'text/html', bytes: bytesOf('<p>') })
  })

  it('skips line ends, as they are or escaped', () => {
    const pdf = { mime: 'application/pdf', bytes: bytesOf('%PDF-') }
    expect(read('^^PDF^Base64^JVBE\r\nRi0=\r\n')).toEqual(pdf)
    expect(read('^^PDF^base64^JVBE\\.br\\Ri0=')).toEqual(pdf)
    expect(read('^^PDF^Base64^JVBE\\X0D0A\\Ri0')).toEqual(pdf)
  })

  it('finds the type in the words of the sender', () => {
    const mime = (type: string, subtype: string): string | undefined => read(`^${type}^${subtype}^A^x`)?.mime
    expect([mime('Image', 'JPG'), mime('PDF', ''), mime('application/pdf', ''), mime('TEXT', 'PDF'), mime('multipart', 'x-hl7-cda-level-one'),
      mime('AP', 'x-custom'), mime('', ''), mime('image', 'image/bmp')])
      .toEqual(['image/jpeg', 'application/pdf', 'application/pdf', 'application/pdf', 'application/octet-stream',
        'application/x-custom', 'application/octet-stream', 'image/bmp'])
  })

  it('tells a value that is none from damaged data', () => {
    for (const value of ['', '13.4', 'A^B^C', '^^PDF^Base64^', '^^PDF^^JVBE', '""']) expect(read(value), value).toBeNull()
    for (const value of ['^^PDF^Base64^JVB!', '^^PDF^Base64^JVBER', '^^PDF^Hex^89a', '^^PDF^Hex^zz']) expect(() => read(value)).toThrow(Hl7Error)
  })

  it('takes 6 MB', () => {
    const bytes = new Uint8Array(4_500_000).map((_, index) => index * 31)
    const base64 = Buffer.from(bytes).toString('base64')
    expect(Buffer.compare(read(`^^PDF^Base64^${base64}`)!.bytes, bytes)).toBe(0)
    expect(Buffer.compare(read(`^^PDF^Hex^${Buffer.from(bytes).toString('hex')}`)!.bytes, bytes)).toBe(0)
    const wrapped = base64.replace(/.{76}/g, '$&\r\n')
    expect(Buffer.compare(read(`^^PDF^Base64^${wrapped}`)!.bytes, bytes)).toBe(0)
    expect(Buffer.compare(read(`^^PDF^Base64^${base64.replace(/.{76}/g, '$&\\.br\\')}`)!.bytes, bytes)).toBe(0)
  })
})
