import type { Sample } from './samples.ts'
import { plainPdf } from './write-pdf.ts'

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
const bytesOf = (latin: string) => Buffer.from(latin, 'latin1')
const padding = (size: number) => Buffer.from(Array.from({ length: size }, (_, at) => 0x61 + ((at * 7) % 23)))
const http = 'HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nX-Seq: 1\r\n\r\n'
const printerJob = '\x1b%-12345X@PJL JOB NAME="report"\r\n@PJL ENTER LANGUAGE=PDF\r\n'

/** Healthy files with something in front, behind or missing, as mail gateways, printers, modems and full disks make them. */
export const cutSamples = async (real: Uint8Array): Promise<Sample[]> => {
  const ten = plainPdf(10)
  const windows = plainPdf(3, { writing: { line: '\r\n' } })
  const streams = plainPdf(3, { writing: { references: 'stream' } })
  const from = (original: Uint8Array, pages: number) => (name: string, bytes: Uint8Array): Sample => ({ name, bytes, expect: { pages }, original })
  const ofReal = from(real, 3)
  const repaired = (name: string, bytes: Uint8Array): Sample => ({ ...ofReal(name, bytes), expect: { pages: 3, step: 'repaired' } })
  const part = (of: Uint8Array, share: number) => of.subarray(0, Math.floor(of.length * share))
  const rest = (of: Uint8Array, share: number) => of.subarray(Math.floor(of.length * share))
  const edit = (of: Uint8Array, pattern: RegExp | string, by: string) => bytesOf(text(of).replace(pattern, by))
  const inserted = (of: Uint8Array, at: number, what: Buffer) => Buffer.concat([of.subarray(0, at), what, of.subarray(at)])
  return [
    repaired('HTTP header in front', Buffer.concat([bytesOf(http), real])),
    repaired('2 KiB of junk in front', Buffer.concat([padding(2048), real])),
    repaired('60 KiB of junk in front', Buffer.concat([padding(60 * 1024), real])),
    repaired('byte order mark in front', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), real])),
    repaired('blank lines in front', Buffer.concat([bytesOf('\r\n\r\n  \n'), real])),
    repaired('printer job around it', Buffer.concat([bytesOf(printerJob), real, bytesOf('\x1b%-12345X@PJL EOJ\r\n')])),
    repaired('HTML behind', Buffer.concat([real, bytesOf(`<html><body>${'<p>Thank you</p>'.repeat(250)}</body></html>`)])),
    repaired('8 KiB of zeros behind', Buffer.concat([real, Buffer.alloc(8192)])),
    repaired('no end mark', edit(real, /%%EOF\s*$/, '')),
    repaired('no startxref and no end mark', edit(real, /startxref[\s\S]*$/, '')),
    repaired('startxref beyond the end', edit(real, /startxref\n\d+/, 'startxref\n999999999')),
    repaired('startxref of zero', edit(real, /startxref\n\d+/, 'startxref\n0')),
    repaired('startxref without a number', edit(real, /startxref\n\d+/, 'startxref\nabc')),
    { ...from(ten, 10)('trailer not closed', edit(ten, '>>\nstartxref', '>\nstartxref')), expect: { pages: 10, step: 'rescued' } },
    ofReal('bytes inserted, all offsets wrong', inserted(real, 15, bytesOf('% a line that was not there before\n'))),
    ofReal('no cross references and no trailer', edit(real, /\nxref\n[\s\S]*$/, '\n')),
    ofReal('cross references of zeros', edit(real, /\d{10} 00000 n/g, '0000000000 00000 n')),
    ofReal('cross references in words', edit(real, /\nxref\n0 \d+\n/, '\nxref\nzero many\n')),
    ofReal('written twice', Buffer.concat([real, real])),
    ofReal('header of no version', edit(real, /^%PDF-1\.\d/, '%PDF-x')),
    ofReal('no endobj anywhere', edit(real, /endobj/g, '')),
    { name: 'cut off at 95 %', bytes: part(real, 0.95), expect: { pages: 3 }, original: real },
    { name: 'cut off at 70 %', bytes: part(real, 0.7), expect: { refused: 'too_damaged' } },
    { name: 'cut off at 30 %', bytes: part(real, 0.3), expect: { refused: 'too_damaged' } },
    { name: 'plain, cut off at 95 %', bytes: part(ten, 0.95), expect: { pages: 10 }, original: ten },
    { name: 'plain, cut off at 70 %', bytes: part(ten, 0.7), expect: { pages: 6, atLeast: true }, original: ten },
    { name: 'plain, cut off at 30 %', bytes: part(ten, 0.3), expect: { pages: 2, atLeast: true }, original: ten },
    { name: 'plain, first 30 % missing', bytes: Buffer.concat([bytesOf('%PDF-1.7\n'), rest(ten, 0.3)]), expect: { refused: 'too_damaged' } },
    { ...from(windows, 3)('Windows lines turned into Unix lines', edit(windows, /\r\n/g, '\n')) },
    { ...from(ten, 10)('Unix lines turned into Windows lines', edit(ten, /\n/g, '\r\n')) },
    { name: 'zeros over the middle', bytes: zeroed(real, 0.45, 400), expect: { pages: 3 } },
    { name: 'zeros over the cross references', bytes: zeroed(real, 0.97, 200), expect: { pages: 3 }, original: real },
    { name: 'zeros over the first objects', bytes: zeroed(ten, 0.01, 100), expect: { pages: 10 }, original: ten },
    { ...from(streams, 3)('reference stream cut off', part(streams, 0.97)) },
    { ...from(streams, 3)('reference stream moved', inserted(streams, 15, bytesOf('% moved\n'))) },
    { name: 'taken for text: bytes above 127 replaced', bytes: Buffer.from(Buffer.from(real).toString('utf8')), expect: { refused: 'too_damaged' } },
  ]
}

const zeroed = (bytes: Uint8Array, share: number, size: number): Buffer => {
  const copy = Buffer.from(bytes)
  return copy.fill(0, Math.floor(copy.length * share), Math.floor(copy.length * share) + size)
}
