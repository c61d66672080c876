import { deflateSync } from 'node:zlib'

/** One object: what stands between `obj` and `endobj`; null leaves the number free. */
export type Body = string | Buffer | null

interface Writing {
  references?: 'table' | 'stream'
  line?: string
}

export const streamOf = (contents: string | Buffer, dict = '', length: number | string = Buffer.from(contents).length): Buffer =>
  Buffer.concat([Buffer.from(`<</Length ${length} ${dict}>>\nstream\n`), Buffer.from(contents), Buffer.from('\nendstream')])

export const packed = (contents: string | Buffer, dict = ''): Buffer => streamOf(deflateSync(contents), `/Filter /FlateDecode ${dict}`)

/** Writes objects, numbered from 1, the catalog first, as a PDF: by hand, so that anything in it may be wrong. */
export const writePdf = (bodies: readonly Body[], { references = 'table', line = '\n' }: Writing = {}): Buffer => {
  const parts: Buffer[] = [Buffer.from(`%PDF-1.7${line}%\xe2\xe3\xcf\xd3${line}`, 'latin1')]
  let at = parts[0]?.length ?? 0
  const offsets = bodies.map((body, index) => {
    if (body === null) return 0
    const part = Buffer.concat([Buffer.from(`${index + 1} 0 obj${line}`), Buffer.from(body), Buffer.from(`${line}endobj${line}`)])
    parts.push(part)
    at += part.length
    return at - part.length
  })
  const entries = `/Size ${bodies.length + (references === 'table' ? 1 : 2)} /Root 1 0 R`
  parts.push(references === 'table' ? table(offsets, entries, line) : referenceStream([...offsets, at], entries))
  parts.push(Buffer.from(`startxref${line}${at}${line}%%EOF${line}`))
  return Buffer.concat(parts)
}

const table = (offsets: readonly number[], entries: string, line: string): Buffer => {
  const end = line === '\n' ? ' \n' : line
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} ${offset === 0 ? '65535 f' : '00000 n'}${end}`)
  return Buffer.from(`xref${line}0 ${offsets.length + 1}${line}0000000000 65535 f${end}${rows.join('')}trailer${line}<<${entries}>>${line}`)
}

const referenceStream = (offsets: readonly number[], entries: string): Buffer => {
  const rows = Buffer.alloc((offsets.length + 1) * 6)
  for (const [index, offset] of offsets.entries()) {
    rows.writeUInt8(offset === 0 ? 0 : 1, (index + 1) * 6)
    rows.writeUInt32BE(offset, (index + 1) * 6 + 1)
  }
  return Buffer.concat([Buffer.from(`${offsets.length} 0 obj\n`), packed(rows, `/Type /XRef /W [1 4 1] ${entries}`), Buffer.from('\nendobj\n')])
}

interface Plan {
  /** further entries of page i, from 0 */
  page?: (index: number) => string
  /** entries of the page tree */
  tree?: string
  catalog?: string
  count?: number
  content?: (index: number) => string | Buffer
  /** objects from number 4 + 2 × pages on */
  more?: readonly Body[]
  writing?: Writing
}

export const a4 = '/MediaBox [0 0 595 842]'

/** Draws a frame and a line of text, so that a page that is not itself is seen. */
export const drawing = (index: number): string =>
  `q 0.1 0.3 0.5 rg 40 ${700 - index * 7} 200 60 re f Q BT /F1 24 Tf 60 640 Td (Page ${index + 1} of the original) Tj ET`

const unless = (own: string, usual: string) => (own.includes(usual.split(' ')[0] ?? '') ? '' : usual)

/** Object 1 catalog, 2 page tree, 3 font, then for each page its dictionary and its content. */
export const plainPdf = (pages: number, plan: Plan = {}): Buffer => {
  const { page = () => a4, tree = '', catalog = '', count = pages, content = drawing, more = [], writing = {} } = plan
  const ofPage = (index: number) => [
    unless(page(index), '/Resources <</Font <</F1 3 0 R>>>>'), unless(page(index), `/Contents ${5 + index * 2} 0 R`), page(index),
  ].join(' ')
  const kids = Array.from({ length: pages }, (_, index) => `${4 + index * 2} 0 R`).join(' ')
  return writePdf([
    `<</Type /Catalog /Pages 2 0 R ${catalog}>>`,
    `<</Type /Pages ${unless(tree, `/Kids [${kids}]`)} /Count ${count} ${tree}>>`,
    '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>',
    ...Array.from({ length: pages }, (_, index) => [
      `<</Type /Page /Parent 2 0 R ${ofPage(index)}>>`,
      typeof content(index) === 'string' ? streamOf(content(index)) : content(index),
    ]).flat(),
    ...more,
  ], writing)
}
