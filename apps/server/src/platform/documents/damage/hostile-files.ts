import { constants, deflateSync } from 'node:zlib'
import { limits } from '../limits.ts'
import type { RefusalCode } from '../refusal.ts'
import type { Sample } from './samples.ts'
import { a4, packed, plainPdf, streamOf, writePdf } from './write-pdf.ts'

/** Files made to harm whoever opens them, and files that are no PDFs. */
export const hostileSamples = (real: Uint8Array): Sample[] => {
  const refused = (name: string, code: RefusalCode, bytes: Uint8Array): Sample => ({ name, bytes, expect: { refused: code } })
  const opened = (name: string, bytes: Uint8Array): Sample => ({ name, bytes, expect: { pages: 1 } })
  const before = (start: string) => Buffer.concat([Buffer.from(start, 'latin1'), real])
  const many = limits.pages * 20
  return [
    refused('ten thousand pages', 'too_many_pages', plainPdf(many, { content: () => '' })),
    refused('ten thousand pages, counted as one', 'too_many_pages', plainPdf(many, { content: () => '', count: 1 })),
    refused('a page ten thousand times', 'too_many_pages', plainPdf(1, { tree: `/Kids [${'4 0 R '.repeat(many)}]`, count: many })),
    refused('a gigabyte of nothing as content', 'too_large', plainPdf(1, { content: () => bomb() })),
    refused('a gigabyte of nothing as objects', 'too_large', writePdf(['<</Type /Catalog /Pages 2 0 R>>', `<</Type /Pages /Kids [3 0 R] /Count 1>>`,
      `<</Type /Page /Parent 2 0 R ${a4} /Contents 5 0 R>>`, bomb('/Type /ObjStm /N 1 /First 5'), bomb()], { references: 'stream' })),
    refused('ZIP in front', 'polyglot', before('PK\x03\x04 then a document\n')),
    refused('program in front', 'polyglot', before('MZ\x90\x00 then a document\n')),
    refused('web page in front', 'polyglot', before('<!DOCTYPE html><html><body>\n')),
    refused('script in front', 'polyglot', before('   <script>alert(1)</script>\n')),
    refused('JPEG in front', 'polyglot', before('\xff\xd8\xff\xe0\x00\x10JFIF\x00 then a document\n')),
    refused('shell script in front', 'polyglot', before('#!/bin/sh\nexit\n')),
    refused('ZIP around the end', 'polyglot', Buffer.concat([real, Buffer.from('PK\x05\x06'), Buffer.alloc(18)])),
    refused('empty file', 'not_a_document', new Uint8Array()),
    refused('plain text', 'not_a_document', Buffer.from('Sodium 140 mmol/L\n')),
    refused('web page', 'not_a_document', Buffer.from('<html><body>Not found</body></html>')),
    refused('office document', 'unsupported', Buffer.from('PK\x03\x04\x14\x00[Content_Types].xml', 'latin1')),
    refused('header alone', 'too_damaged', Buffer.from('%PDF-1.7\n')),
    refused('header and noise', 'too_damaged', Buffer.concat([Buffer.from('%PDF-1.7\n'), noise(20_000)])),
    opened('filters upon filters', plainPdf(1, { content: () => nested(40) })),
    opened('lists in lists in lists', plainPdf(1, { content: () => `${'['.repeat(50_000)} TJ` })),
    opened('dictionaries in dictionaries', plainPdf(1, { more: [`${'<</A '.repeat(20_000)}1${'>>'.repeat(20_000)}`] })),
    opened('a drawing of many lines', plainPdf(1, { content: () => packed('0 0 m 9 9 l S\n'.repeat(300_000)) })),
  ]
}

/** A gigabyte of zeros, packed into one megabyte. */
let zeros: Buffer | null = null
const bomb = (dict = ''): Buffer => {
  zeros ??= bigDeflate(1 << 30)
  return streamOf(zeros, `/Filter /FlateDecode ${dict}`)
}

/** Packs `size` zeros by repeating the packed form of 16 MB of them: a full flush makes the parts independent. */
const bigDeflate = (size: number): Buffer => {
  const piece = 16 * 1024 * 1024
  const flushed = deflateSync(Buffer.alloc(piece), { finishFlush: constants.Z_FULL_FLUSH })
  const body = flushed.subarray(2)
  return Buffer.concat([flushed.subarray(0, 2), ...Array.from({ length: size / piece }, () => body), Buffer.from([3, 0])])
}

const nested = (depth: number): Buffer => {
  let body: Buffer = Buffer.from('0 0 1 rg 100 100 200 200 re f')
  for (let level = 0; level < depth; level++) body = deflateSync(body)
  return streamOf(body, `/Filter [${'/FlateDecode '.repeat(depth)}]`)
}

/** Always the same noise: xorshift32. */
const noise = (size: number): Buffer => {
  let state = 2463534242
  return Buffer.from(Array.from({ length: size }, () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state & 255
  }))
}
