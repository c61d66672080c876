import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anActiveTest, aParameter } from '../catalog/testing.ts'
import { createDoctor } from '#modules/labs'
import { modules } from '../../modules.ts'
import type { Actor } from '#platform/auth'
import { countStatements } from '#platform/db'
import { closeDocuments } from '#platform/documents'
import { registerModules } from '#platform/module'
import { testDatabase, type TestDatabase } from '#platform/testing'
import { change } from '#platform/unit-of-work'
import { markReportsDone } from './mark-done.ts'
import { a4, landscape, outsidePdf } from './print/testing/files.ts'
import { readSeen, type SeenPage } from './print/testing/read-seen.ts'
import { stampForReport } from './print-file.ts'
import { printReportPdf } from './print-report.ts'
import { signReport } from './sign-report.ts'
import { aBench, aReceivedOrder, enter, stateOf } from './testing.ts'
import { uploadFile } from './upload-file.ts'

let database: TestDatabase
let admin: Actor
let glucose: number
let urea: number
let scan: number
let opinion: number

beforeAll(async () => {
  database = await testDatabase()
  registerModules(modules)
  admin = (await aBench()).admin
  const file = { formatType: 4 as const, parameters: [], department: 'HAEM' }
  glucose = (await anActiveTest(admin, { name: 'Glucose, fasting', parameters: [aParameter()] })).id
  scan = (await anActiveTest(admin, { ...file, name: 'MRI brain' })).id
  opinion = (await anActiveTest(admin, { ...file, name: 'Second opinion', interpretation: 'To be read together with the slides.' })).id
  urea = (await anActiveTest(admin, { name: 'Urea', department: 'HAEM', parameters: [aParameter({ code: 'UREA', name: 'Urea' })] })).id
})
afterAll(closeDocuments)

const attach = async (reportId: number, bytes: Uint8Array, more: { letterhead?: 'add' | 'own'; reason?: string } = {}): Promise<void> => {
  await uploadFile(admin, { labReportId: reportId, fileData: Buffer.from(bytes).toString('base64'), fileName: 'outside.pdf', ...more })
}
const sign = async (...ids: number[]): Promise<void> => {
  for (const id of ids) {
    const { version } = await stateOf(admin, id)
    await change(admin, (tx) => signReport(tx, id, { version }))
  }
}
const idsOf = async (tests: number[], given = {}): Promise<number[]> => (await aReceivedOrder(admin, tests, given)).reports.map(({ id }) => id)
/** An order of one file report with its file, signed. */
const signedScan = async (bytes: Uint8Array, test = scan, given = {}): Promise<number> => {
  const [id = 0] = await idsOf([test], given)
  await attach(id, bytes)
  await sign(id)
  return id
}
const among = async (ids: number[], test: number): Promise<number> =>
  (await database.rows<{ id: number }>('select id::int from reports.report where id = any ($1) and test_id = $2', [ids, test]))[0]!.id
const numberOf = async (id: number): Promise<string> =>
  (await database.rows<{ number: string }>('select number from reports.report where id = $1', [id]))[0]!.number
const pagesOf = async (ids: number[], actor = admin): Promise<SeenPage[]> => readSeen((await printReportPdf(actor, ids)).bytes)

describe('a report that is a file', () => {
  it('is printed page by page between header and footer', async () => {
    const id = await signedScan(await outsidePdf([a4, landscape]))
    const pages = await pagesOf([id])
    const number = await numberOf(id)
    expect(pages).toHaveLength(2)
    for (const [index, { text }] of pages.entries()) {
      expect(text).toContain(`First words of page ${index + 1}`)
      expect(text).toContain(`Page ${index + 1} of 2`)
      expect(text).toContain(`Report ${number}`)
      expect(text).toContain(`Verify with code ${number}`)
    }
    expect(pages[1]?.text).toMatch(/Signed \d/)
    expect(pages[0]?.text).not.toMatch(/PRELIMINARY|Part 1/)
  })

  it('with more to say has a page of ours in front', async () => {
    const [page, ...file] = await pagesOf([await signedScan(await outsidePdf([a4, a4]), opinion)])
    expect(page?.text).toContain('The result is the document on the following 2 pages.')
    expect(page?.text).toContain('Interpretation To be read together with the slides.')
    expect(page?.text).toMatch(/Signed \d.*— 2 pages follow —.*Page 1 of 3/)
    expect(file.map(({ text }) => text.match(/Page \d of \d/)?.[0])).toEqual(['Page 2 of 3', 'Page 3 of 3'])
    expect(file[1]?.text).not.toMatch(/Signed \d/)
  })

  it('that is digitally signed is not printed upon', async () => {
    const [page, ...file] = await pagesOf([await signedScan(await outsidePdf([a4, a4], { signed: true }))])
    expect(page?.text).toContain('The following 2 pages are a digitally signed document and are reproduced without change.')
    expect(page?.text).toMatch(/Signed \d.*Page 1 of 3/)
    expect(file).toHaveLength(2)
    for (const { pieces } of file) expect(pieces.every(({ text }) => /^(?:First|Last|Finding)/.test(text))).toBe(true)
  })

  it('says that and why another file took its place', async () => {
    const id = await signedScan(await outsidePdf([a4]))
    await attach(id, await outsidePdf([a4, a4]), { reason: 'the scan of another patient' })
    const [page, ...file] = await pagesOf([id])
    expect(page?.text).toMatch(/AMENDED REPORT – amendment 1, .*Reason: the scan of another patient Another file took the place/)
    expect(page?.text).toContain('PRELIMINARY – NOT SIGNED')
    expect(file.map(({ text }) => text.includes('PRELIMINARY – NOT SIGNED'))).toEqual([true, true])
  })

  it('without a file, or with one that is not checked, is not printed', async () => {
    const [id = 0] = await idsOf([scan])
    await expect(printReportPdf(admin, [id])).rejects.toMatchObject({ code: 'reports.file_missing', status: 409 })
    await attach(id, await outsidePdf([a4]))
    await database.rows(`update reports.report set file_check = 'waiting' where id = ${id}`)
    await expect(printReportPdf(admin, [id])).rejects.toMatchObject({ code: 'reports.file_unchecked', status: 409 })
  })

  it('gives the pages after the first the room that their shorter heads leave', async () => {
    const pages = await pagesOf([await signedScan(await outsidePdf([a4, a4, a4, a4]))])
    const tops = pages.map((page, index) => page.find(`First words of page ${index + 1}`)?.y ?? 0)
    expect(tops[1]).toBeLessThan((tops[0] ?? 0) * 0.6)
    expect(tops[2]).toBe(tops[1])
    const ends = pages.map((page, index) => page.find(`Last words of page ${index + 1}`)?.y ?? 0)
    expect(ends[3]).toBeLessThan(ends[2] ?? 0)
  })

  it('is printed for the doctor who ordered it', async () => {
    const [doctor, other] = await Promise.all(['Dr Rao', 'Dr Sen'].map((name) => change(admin, (tx) => createDoctor(tx, { name }))))
    const id = await signedScan(await outsidePdf([a4]), scan, { doctorId: doctor!.id })
    const portal = (doctorId: number): Actor => ({ ...admin, kind: 'doctor', doctorId, accountId: null, permissions: new Set(['reports.view']) })
    expect((await pagesOf([id], portal(doctor!.id)))[0]?.text).toContain('First words of page 1')
    await expect(printReportPdf(portal(other!.id), [id])).rejects.toMatchObject({ code: 'platform.not_found' })
  })
})

describe('several reports in one', () => {
  it('come in the order of the worklist, each part counted for itself', async () => {
    const ids = await idsOf([scan, glucose, urea])
    const [scanId, glucoseId, ureaId] = [await among(ids, scan), await among(ids, glucose), await among(ids, urea)]
    await enter(admin, ureaId, { UREA: '12' })
    await enter(admin, glucoseId, { GLU: '15' })
    await attach(scanId, await outsidePdf([a4, a4]))
    await sign(...ids)
    const pages = await pagesOf([ureaId, scanId, glucoseId])
    expect(pages.map(({ text }) => text.match(/(Glucose, fasting|MRI brain|Urea).*(Part \d of \d · Page \d of \d)/)?.slice(1))).toEqual([
      ['Glucose, fasting', 'Part 1 of 3 · Page 1 of 1'],
      ['MRI brain', 'Part 2 of 3 · Page 1 of 2'],
      ['MRI brain', 'Part 2 of 3 · Page 2 of 2'],
      ['Urea', 'Part 3 of 3 · Page 1 of 1'],
    ])
  })

  it('say where the results of one are that another\'s file holds, and put it before that', async () => {
    const ids = await idsOf([scan, glucose, urea, opinion])
    const [host, one, two] = [await among(ids, scan), await among(ids, glucose), await among(ids, urea)]
    const number = await numberOf(host)
    await attach(host, await outsidePdf([a4]))
    await change(admin, (tx) => markReportsDone(tx, { labReportId: host, siblingIds: [one, two] }))
    await sign(host, one, two)
    const pages = await pagesOf([host, one, two])
    expect(pages).toHaveLength(2)
    expect(pages[0]?.text.match(/Results are in report (\S+) \(MRI brain\), which follows\./g)).toHaveLength(2)
    expect(pages[0]?.text).toContain(number)
    expect(pages[0]?.text).not.toContain('pending')
    expect(pages[1]?.text).toContain('First words')
    const [alone] = await pagesOf([one])
    expect(alone?.text).toContain(`Results are in report ${number} (MRI brain).`)
  })

  it('cost the same statements for one file as for many', async () => {
    const orders = await Promise.all([[scan], [scan, opinion, glucose]].map((tests) => idsOf(tests)))
    for (const ids of orders) {
      for (const id of ids) {
        const { flags } = await stateOf(admin, id)
        if (flags.isFile) await attach(id, await outsidePdf([a4]))
        else await enter(admin, id, { GLU: '15' })
      }
    }
    const cost = async (ids: number[]) => (await countStatements(() => printReportPdf(admin, ids))).statements
    await cost(orders.flat().slice(0, 1))
    await cost(orders[1]!)
    const [few, many] = [await cost(orders[0]!), await cost(orders[1]!)]
    expect(many).toBe(few)
    expect(few).toBeLessThanOrEqual(12)
  })
})

describe('stampForReport', () => {
  it('prints the lab and the patient on every page, and nothing that signing changes', async () => {
    const [id = 0] = await idsOf([scan])
    const pages = await readSeen(await stampForReport(admin, id, await outsidePdf([a4, { ...a4, rotate: 90 }]), { acceptSignatureLoss: false }))
    expect(pages).toHaveLength(2)
    const { fullName } = (await database.rows<{ fullName: string }>(
      `select p.full_name as "fullName" from patients.patient p join reports.report r on r.patient_id = p.id where r.id = ${id}`))[0]!
    for (const [index, { text }] of pages.entries()) {
      expect(text).toContain(fullName)
      expect(text).toContain(`Page ${index + 1} of 2`)
      expect(text).not.toMatch(/PRELIMINARY|Reported|Printed|Verify/)
    }
  })

  it('breaks a digital signature only where that is accepted', async () => {
    const [id = 0] = await idsOf([scan])
    const bytes = await outsidePdf([a4], { signed: true })
    await expect(stampForReport(admin, id, bytes, { acceptSignatureLoss: false })).rejects.toMatchObject({ name: 'SignedDocument' })
    expect(await readSeen(await stampForReport(admin, id, bytes, { acceptSignatureLoss: true }))).toHaveLength(1)
  })

  it('says of a file that cannot be opened any more that another is needed, and why', async () => {
    const [id = 0] = await idsOf([scan])
    await expect(stampForReport(admin, id, Buffer.from('no document'), { acceptSignatureLoss: false })).rejects.toMatchObject({
      code: 'reports.file_unchecked', status: 409, detail: { because: expect.stringContaining('not what its name says') },
    })
  })
})
