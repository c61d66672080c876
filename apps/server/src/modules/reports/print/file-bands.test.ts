import { afterAll, describe, expect, it } from 'vitest'
import { closeDocuments, describePdf, stampPdf, toPdf } from '#platform/documents'
import { picturePng } from '../../../platform/typeset/testing/picture.ts'
import type { PrintedReport } from './document.ts'
import { areCrowded, fileBands } from './file-bands.ts'
import type { FileBands } from './file-bands.ts'
import { a4, landscape, outsidePdf } from './testing/files.ts'
import type { FilePage } from './testing/files.ts'
import { readSeen } from './testing/read-seen.ts'
import type { SeenPage } from './testing/read-seen.ts'
import { document, order, pathologist, report } from './testing/samples.ts'

afterAll(closeDocuments)

const code = '2611200034-3'
const scan = report({
  name: 'MRI brain', department: 'Radiology', body: { kind: 'narrative', parts: [] }, verification: { url: 'https://lab.example/verify/1', code },
  signatures: [pathologist, { ...pathologist, name: 'Dr Farah Siddiqui' }],
})
const { verification: _unsigned, ...bare } = scan
const preliminary: PrintedReport = { ...bare, status: 'preliminary', signatures: [], reportedAt: null }

const about = (sizes: FileBands['sizes'], more: Partial<FileBands> = {}): FileBands => {
  const { orders: _, ...frame } = document()
  const { verification: __, ...given } = order({ reports: [more.report ?? scan], specimens: [] })
  const pages = { report: code, pages: sizes.length }
  return { document: frame, order: { ...given, file: pages }, report: scan, letterhead: 'add', sizes, heads: 'full', before: 0, ...more }
}

const stamped = async (bytes: Uint8Array, more: Partial<FileBands> = {}): Promise<SeenPage[]> => {
  const { sizes } = await describePdf(bytes)
  return readSeen(await stampPdf(bytes, await fileBands(about(sizes, more))))
}
const printed = async (pages: readonly FilePage[], more: Partial<FileBands> = {}): Promise<SeenPage[]> => stamped(await outsidePdf(pages), more)

const ofFile = /^(?:First|Last) words|^Finding/
const spanOf = ({ pieces }: SeenPage): { top: number; bottom: number } => {
  const own = pieces.filter(({ text }) => ofFile.test(text))
  return { top: Math.min(...own.map(({ y, size }) => y - size)), bottom: Math.max(...own.map(({ y }) => y)) }
}

/** The file's words lie between those of the header and of the footer, all of them upright and on the page. */
const expectApart = (page: SeenPage, number: number): void => {
  const { top, bottom } = spanOf(page)
  const band = page.pieces.filter(({ text }) => !ofFile.test(text))
  const foot = page.find(`Page ${number} of`)
  expect(page.find(`First words of page ${number}`)).toBeDefined()
  expect(page.find(`Last words of page ${number}`)).toBeDefined()
  expect(foot?.y).toBeGreaterThan(bottom)
  for (const { y } of band) expect(y < top || y > bottom).toBe(true)
  for (const { x, y, upright } of page.pieces) {
    expect(upright).toBe(true)
    expect(x > 0 && x < page.width && y > 0 && y < page.height).toBe(true)
  }
}

describe('the pages of a file', () => {
  it.each([1, 3, 12])('say who they are about and count themselves: %i', async (count) => {
    const pages = await printed(Array.from({ length: count }, () => a4))
    expect(pages).toHaveLength(count)
    for (const [index, page] of pages.entries()) {
      expectApart(page, index + 1)
      expect(page.text).toContain('Mrs Asha Venkataraman')
      expect(page.text).toContain(`P-00012345 · 2611200034 · Report ${code}`)
      expect(page.text).toContain(`Page ${index + 1} of ${count}`)
      expect(page.text).toContain(`Verify with code ${code} at https://lab.example/verify/1`)
      expect(page.text).toContain('Printed 20 Nov 2026, 15:30')
      expect(page.text.includes('Residency Road')).toBe(index === 0)
      expect(page.text.includes('MRI brain (continued)')).toBe(index > 0)
      expect(page.text.includes('Signed 20 Nov 2026, 14:02')).toBe(index === count - 1)
      expect(page.pieces.some(({ text }) => text === code)).toBe(index === count - 1)
    }
    expect(pages.at(-1)?.text).toMatch(/Dr Leela Nambiar.*Dr Farah Siddiqui/)
    expect(pages[0]?.text).toMatch(/Radiology MRI brain .*First words/)
  })

  it('keep their words clear of the bands, whatever their shape', async () => {
    const shapes: FilePage[] = [
      a4, landscape, { ...a4, rotate: 90 }, { ...landscape, rotate: 270 }, { ...a4, rotate: 180, cropped: 40 }, { width: 2480, height: 3508 },
      { width: 420, height: 595, cropped: 12 },
    ]
    for (const [index, page] of (await printed(shapes)).entries()) {
      expect([Math.round(page.width), Math.round(page.height)]).toEqual([Math.round(shapes[index]?.width ?? 0), Math.round(shapes[index]?.height ?? 0)])
      expectApart(page, index + 1)
    }
  })

  it('have a head in two columns and the type of a report where they lie across', async () => {
    const [page] = await printed([landscape])
    const [lab, patient] = [page?.find('Aliquot Demonstration'), page?.find('Mrs Asha')]
    expect(patient && lab && patient.x - lab.x).toBeGreaterThan(200)
    expect(lab?.size).toBeCloseTo(16, 0)
    const { top, bottom } = spanOf(page as SeenPage)
    expect((bottom - top) / 595).toBeGreaterThan(0.55)
  })

  it('may be pictures', async () => {
    const { bytes } = await toPdf(picturePng(300, 200), 'image/png')
    const [page] = await stamped(bytes)
    expect(page?.text).toContain('Mrs Asha Venkataraman')
    expect(page?.text).toContain('Page 1 of 1')
  })

  it('with a header of their own get a foot alone', async () => {
    const pages = await printed([a4, a4], { letterhead: 'own' })
    for (const [index, page] of pages.entries()) {
      expectApart(page, index + 1)
      expect(page.pieces[0]?.text).toMatch(/^First words/)
    }
    expect(pages[1]?.text).toContain('Dr Leela Nambiar')
  })

  it('say in red on every page that nobody signed them', async () => {
    for (const letterhead of ['add', 'own'] as const) {
      const pages = await printed([a4, a4], { report: preliminary, letterhead })
      for (const [index, page] of pages.entries()) {
        expectApart(page, index + 1)
        const alarm = page.find('PRELIMINARY – NOT SIGNED')
        expect(alarm?.y).toBeLessThan(spanOf(page).top)
      }
      expect(pages[1]?.text).not.toMatch(/Verify|Signed 20/)
    }
  })

  it('are counted after those in front, which say the rest', async () => {
    const [page] = await printed([a4], { heads: 'short', before: 2 })
    expect(page?.text).toContain('Page 3 of 3')
    expect(page?.text).toContain('MRI brain (continued)')
    expect(page?.text).not.toContain('Dr Leela Nambiar')
  })

  it('that are kept as a file bear nothing that changes', async () => {
    const { orders: _, ...frame } = document()
    const pages = await printed([a4, a4], { lasting: true, report: preliminary, document: { ...frame, footer: 'Doctor on duty:\n080 4000' } })
    for (const [index, page] of pages.entries()) {
      expectApart(page, index + 1)
      expect(page.text).toContain('Mrs Asha Venkataraman')
      expect(page.text).toContain('Doctor on duty: · 080 4000')
      expect(page.text).not.toMatch(/PRELIMINARY|Reported|Printed|Verify|Signed/)
    }
  })

  it('that are too flat are known', async () => {
    const flat = [{ width: 2000, height: 400 }]
    expect(areCrowded(await fileBands(about(flat)), flat)).toBe(true)
    expect(areCrowded(await fileBands(about(flat, { heads: 'short', before: 1 })), flat)).toBe(false)
    for (const size of [a4, landscape]) expect(areCrowded(await fileBands(about([size])), [size])).toBe(false)
  })
})
