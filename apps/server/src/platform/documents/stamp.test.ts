import { PDFDict, PDFDocument, PDFName } from '@cantoo/pdf-lib'
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { afterAll, describe, expect, it } from 'vitest'
import { composePdf } from '../typeset/index.ts'
import { signedPdf, withAnnotations, withForm } from './damage/healthy-files.ts'
import { a4, plainPdf } from './damage/write-pdf.ts'
import { closeDocuments, describePdf, mergePdfs, SignedDocument, stampPdf } from './index.ts'
import type { Bands } from './index.ts'
import { withPdf } from './pdfium.ts'

afterAll(closeDocuments)

const [headerHeight, footerHeight] = [90, 50]
const paper = { width: 595.28, height: 841.89 }

const bandPages = (count: number, { width, height } = paper): Promise<Uint8Array> =>
  composePdf({ title: 'Bands', subject: '', author: '', at: new Date(0), language: 'en' }, (sheet) => {
    for (let page = 1; page <= count; page++) {
      sheet.page(width, height)
      sheet.text(`Header ${page}`, 40, 40, { size: 18 })
      sheet.text('सोडियम', width - 40, 60, { size: 12 }, 'end')
      sheet.text(`Footer ${page}`, 40, height - 20, { size: 12 })
    }
  })

const bands: Bands = { headerHeight, footerHeight, pdf: await bandPages(2) }

interface Found {
  text: string
  /** points of the visible page from its top left corner, y of the baseline */
  x: number
  y: number
  /** degrees: 0 reads from left to right */
  angle: number
}

/** Text as it is seen on each page. */
const read = async (pdf: Uint8Array): Promise<{ width: number; height: number; found: Found[] }[]> => {
  const loading = getDocument({ data: pdf.slice(), verbosity: VerbosityLevel.ERRORS })
  const document = await loading.promise
  const pages = await Promise.all(Array.from({ length: document.numPages }, async (_, index) => {
    const page = await document.getPage(index + 1)
    const view = page.getViewport({ scale: 1 })
    const { items } = await page.getTextContent()
    const found = items.flatMap((item) => {
      if (!('str' in item) || item.str.trim() === '') return []
      const [a, b, , , e, f] = item.transform as [number, number, number, number, number, number]
      const [x, y] = view.convertToViewportPoint(e, f) as [number, number]
      const [x2, y2] = view.convertToViewportPoint(e + a, f + b) as [number, number]
      return [{ text: item.str, x, y, angle: Math.round((Math.atan2(y2 - y, x2 - x) * 180) / Math.PI) }]
    })
    return { width: view.width, height: view.height, found }
  }))
  await loading.destroy()
  return pages
}

const allThat = (pages: readonly { found: Found[] }[], start: string) =>
  pages.map(({ found }) => found.filter(({ text }) => text.startsWith(start)).map(({ text }) => text))

const content = (index: number) => `BT /F1 24 Tf 60 640 Td (Content ${index + 1}) Tj ET BT /F1 12 Tf 40 410 Td (Low) Tj ET`
const turned = (rotate: number) => `/Rotate ${rotate}`

const odd: [string, Buffer][] = [
  ['A4', plainPdf(1, { content })],
  ...[90, 180, 270, -90].map((rotate): [string, Buffer] => [`rotated by ${rotate}`, plainPdf(1, { content, page: () => `${a4} ${turned(rotate)}` })]),
  ...[0, 90, 180, 270].map((rotate): [string, Buffer] =>
    [`cropped, rotated by ${rotate}`, plainPdf(1, { content, page: () => `${a4} /CropBox [30 400 400 800] ${turned(rotate)}` })]),
  ['boxes that begin elsewhere', plainPdf(1, { content, page: () => '/MediaBox [-200 300 500 900]' })],
  ['a box upside down', plainPdf(1, { content, page: () => '/MediaBox [595 842 0 0]' })],
  ['boxes inherited', plainPdf(1, { content, page: () => '', tree: '/MediaBox [0 0 842 700] /Rotate 90' })],
  ['units of two points', plainPdf(1, { content, page: () => '/MediaBox [0 0 300 700] /UserUnit 2' })],
  ['a low, wide page', plainPdf(1, { content, page: () => '/MediaBox [0 400 900 660]' })],
  ['a state that leaks', plainPdf(1, { content: () => `q 0.9 0 0 0.9 10 10 cm ${content(0)}` })],
  ['a state given back too often', plainPdf(1, { content: () => `Q Q ${content(0)}` })],
]

describe('stampPdf', () => {
  it.each(odd)('leaves the content between upright bands: %s', async (_name, file) => {
    const before = (await describePdf(file)).sizes[0]!
    const stamped = await stampPdf(file, bands)
    expect((await describePdf(stamped)).sizes[0]).toEqual(before)
    const { width, height, found } = (await read(stamped))[0]!
    const scale = Math.min(width / paper.width, (height * 0.4) / (headerHeight + footerHeight))
    const one = (text: string) => {
      const all = found.filter((item) => item.text.includes(text))
      expect(all, text).toHaveLength(1)
      return all[0]!
    }
    const [header, footer] = [one('Header 1'), one('Footer 1')]
    expect([header.angle, footer.angle]).toEqual([0, 0])
    expect(header.y).toBeCloseTo(40 * scale, 0)
    expect(footer.y).toBeCloseTo(height - 20 * scale, 0)
    expect(header.x).toBeCloseTo((width - paper.width * scale) / 2 + 40 * scale, 0)
    for (const item of found.filter(({ text }) => /Content|Low/.test(text))) {
      expect(item.y).toBeGreaterThan(headerHeight * scale)
      expect(item.y).toBeLessThan(height - footerHeight * scale)
      expect(item.x).toBeGreaterThan(0)
      expect(item.x).toBeLessThan(width)
    }
    expect(found.some(({ text }) => text.includes('Content'))).toBe(true)
  })

  it('takes page by page, and the last bands for the rest', async () => {
    const pages = await read(await stampPdf(plainPdf(4, { content }), bands))
    expect(allThat(pages, 'Header')).toEqual([['Header 1'], ['Header 2'], ['Header 2'], ['Header 2']])
    expect(allThat(pages, 'Content')).toEqual([['Content 1'], ['Content 2'], ['Content 3'], ['Content 4']])
  })

  it.each([['the same shape', { width: 595, height: 842 }], ['another shape', { width: 612, height: 792 }]])(
    'leaves each page the room that its own bands do not take: bands of %s', async (_name, size) => {
      const [header, footer] = [[120, 70, 70, 0], [40, 40, 90]]
      const own: Bands = { pdf: await bandPages(4, size), headerHeight: header, footerHeight: footer }
      const pages = await read(await stampPdf(plainPdf(5, { content }), own))
      const scale = 595 / size.width
      expect(allThat(pages, 'Header')).toEqual([['Header 1'], ['Header 2'], ['Header 3'], [], []])
      expect(allThat(pages, 'Footer')).toEqual([['Footer 1'], ['Footer 2'], ['Footer 3'], ['Footer 4'], ['Footer 4']])
      for (const [at, { found }] of pages.entries()) {
        const [above, below] = [(header[at] ?? 0) * scale, (footer[at] ?? 90) * scale]
        const shrink = (842 - above - below) / 842
        const place = (start: string) => found.find(({ text }) => text.startsWith(start))
        expect(place('Content')?.y).toBeCloseTo(above + (842 - 640) * shrink, 1)
        expect(place('Content')?.x).toBeCloseTo((595 * (1 - shrink)) / 2 + 60 * shrink, 1)
        expect(place('Footer')?.y).toBeCloseTo(842 - 20 * scale, 1)
        if (header[at]) expect(place('Header')?.y).toBeCloseTo(40 * scale, 1)
      }
    })

  it('leaves a page without bands as it is', async () => {
    const pages = await read(await stampPdf(plainPdf(3, { content }), { ...bands, headerHeight: [90, 0], footerHeight: [50, 0] }))
    expect(pages.map(({ found }) => found.length)).toEqual([expect.any(Number), 2, 2])
    expect(allThat(pages, 'Header')).toEqual([['Header 1'], [], []])
    expect(pages[2]?.found[0]).toEqual({ text: 'Content 3', x: 60, y: 842 - 640, angle: 0 })
  })

  const shapes = [['the same shape', a4], ['another shape', '/MediaBox [0 0 612 792]']]
  it.each(shapes)('paints nothing of the bands over the page: bands of %s', async (_name, page = '') => {
    const red = plainPdf(1, { content: () => '1 0 0 rg 0 0 900 900 re f', page: () => page })
    const painted = await withPdf(await stampPdf(plainPdf(1, { content: () => '' }), { ...bands, pdf: red }), (open) => open.render(0, 842))
    if (!painted || typeof painted === 'string') throw new Error('not painted')
    const { width, height, bgrx } = painted
    const isRed = (y: number) => {
      const at = (y * width + Math.floor(width / 2)) * 4
      return bgrx[at + 2]! > 250 && bgrx[at]! < 5
    }
    expect([1, 80, height - 40, height - 2].filter((y) => !isRed(y))).toEqual([])
    expect([100, height / 2, height - 60].filter(isRed)).toEqual([])
  })

  it('keeps what was cropped away out of sight, and paints nothing of the page under the bands', async () => {
    const blue = plainPdf(1, { content: () => '0 0 1 rg -500 -500 3000 3000 re f', page: () => `${a4} /CropBox [100 100 400 600]` })
    const painted = await withPdf(await stampPdf(blue, bands), (open) => open.render(0, 500))
    if (!painted || typeof painted === 'string') throw new Error('not painted')
    const { width, height, bgrx } = painted
    const scale = 300 / paper.width
    const isBlue = (y: number) =>
      Array.from({ length: width }, (_, x) => (y * width + x) * 4).filter((at) => bgrx[at]! > 250 && bgrx[at + 2]! < 5).length
    for (let y = 0; y < Math.floor(headerHeight * scale) - 1; y++) expect(isBlue(y)).toBe(0)
    for (let y = height - Math.floor(footerHeight * scale) + 1; y < height; y++) expect(isBlue(y)).toBe(0)
    expect(isBlue(height / 2)).toBeGreaterThan(width * 0.7)
    expect(isBlue(height / 2)).toBeLessThan(width)
  })

  it('moves annotations with the content', async () => {
    const pdf = await PDFDocument.load(await stampPdf(withAnnotations(), bands))
    const shrink = (842 - (headerHeight + footerHeight) * (595 / paper.width)) / 842
    const [x, y] = [(595 * (1 - shrink)) / 2, footerHeight * (595 / paper.width)]
    const rect = pdf.getPage(0).node.Annots()!.lookup(0, PDFDict).get(PDFName.of('Rect'))!
    const numbers = rect.toString().match(/[\d.]+/g)!.map(Number)
    const moved = [300 * shrink + x, 300 * shrink + y, 400 * shrink + x, 400 * shrink + y]
    for (const [at, expected] of moved.entries()) expect(numbers[at]).toBeCloseTo(expected, 2)
  })

  it('leaves out a band without height, and the file as it is without both', async () => {
    const file = plainPdf(1, { content })
    const [page] = await read(await stampPdf(file, { ...bands, headerHeight: 0 }))
    expect(page!.found.map(({ text }) => text)).toEqual(expect.arrayContaining(['Footer 1', 'Content 1']))
    expect(page!.found.some(({ text }) => text.includes('Header'))).toBe(false)
    expect(Buffer.compare(await stampPdf(file, { ...bands, headerHeight: 0, footerHeight: 0 }), file)).toBe(0)
  })

  it('does not break a signature unless that is accepted', async () => {
    await expect(stampPdf(signedPdf(), bands)).rejects.toBeInstanceOf(SignedDocument)
    expect((await read(await stampPdf(signedPdf(), bands, { acceptSignatureLoss: true })))[0]!.found.map(({ text }) => text)).toContain('Header 1')
  })

  it('gives the same bytes for the same files, and mends a damaged one first', async () => {
    const file = plainPdf(2, { content })
    expect(Buffer.compare(await stampPdf(file, bands), await stampPdf(file, bands))).toBe(0)
    expect(await read(await stampPdf(Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\n\r\n'), file]), bands))).toHaveLength(2)
  })

  it('writes on a page that is in the file twice, as on two pages', async () => {
    const pages = await read(await stampPdf(plainPdf(1, { content, tree: '/Kids [4 0 R 4 0 R]', count: 2 }), bands))
    expect(allThat(pages, 'Header')).toEqual([['Header 1'], ['Header 2']])
  })
})

describe('mergePdfs', () => {
  it('keeps pages in order, and what fields and annotations show', async () => {
    const files = [withForm(), plainPdf(3, { content }), withAnnotations(), plainPdf(1, { page: () => `${a4} /Rotate 90` })]
    const { bytes, pages } = await mergePdfs(files)
    expect(pages).toBe(6)
    const texts = (await read(bytes)).map(({ found }) => found.map(({ text }) => text).join(' '))
    expect(texts[0]).toContain('Filled in by hand')
    expect(texts.slice(1, 4)).toEqual(['Content 1 Low', 'Content 2 Low', 'Content 3 Low'])
    expect((await describePdf(bytes)).sizes[5]).toEqual({ width: 842, height: 595 })
    const painted = await withPdf(bytes, (open) => open.render(4, 842))
    if (!painted || typeof painted === 'string') throw new Error('not painted')
    expect([...painted.bgrx.subarray((492 * painted.width + 350) * 4, (492 * painted.width + 350) * 4 + 3)]).toEqual([0, 0, 255])
    expect(Buffer.compare(bytes, (await mergePdfs(files)).bytes)).toBe(0)
  })

  it('refuses as a whole what one of them is refused for', async () => {
    await expect(mergePdfs([plainPdf(1), Buffer.from('%PDF-1.7 and noise')])).rejects.toMatchObject({ code: 'too_damaged' })
    await expect(mergePdfs([plainPdf(1), Buffer.from('no document')])).rejects.toMatchObject({ code: 'not_a_document' })
    await expect(mergePdfs([])).rejects.toMatchObject({ code: 'no_pages' })
  })

  it('makes more pages than one upload may have, up to a limit', async () => {
    const part = plainPdf(500, { content: () => '' })
    expect((await mergePdfs([part, part, part, part])).pages).toBe(2000)
    await expect(mergePdfs([part, part, part, part, plainPdf(1)])).rejects.toMatchObject({ code: 'too_many_pages' })
    await expect(mergePdfs([part, plainPdf(1)], { asUpload: true })).rejects.toMatchObject({ code: 'too_many_pages' })
    await expect(mergePdfs([plainPdf(501)])).rejects.toMatchObject({ code: 'too_many_pages' })
  })
})
