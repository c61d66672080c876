import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ReportState } from '@aliquot/contracts'
import { modules } from '../../modules.ts'
import { anActiveTest, aParameter } from '../catalog/testing.ts'
import { aPatient } from '../patients/testing.ts'
import { anUpload, aPdf, aStoredObject, png } from '../storage/testing.ts'
import type { Actor } from '#platform/auth'
import { countStatements } from '#platform/db'
import { closeDocuments } from '#platform/documents'
import { allJobs, registerModules } from '#platform/module'
import { objects, useObjects, type ObjectStore } from '#platform/objects'
import { testDatabase, type TestDatabase } from '#platform/testing'
import { change, read } from '#platform/unit-of-work'
import { convertReport } from './convert-report.ts'
import { getHistory } from './get-history.ts'
import { markReportsDone } from './mark-done.ts'
import { signReport } from './sign-report.ts'
import { aBench, anOrder, aReceivedOrder, enter, stateOf } from './testing.ts'
import { unsignReport } from './unsign-report.ts'
import { uploadFile } from './upload-file.ts'

let database: TestDatabase
let admin: Actor
let stranger: Actor
let scanTest: number
let glucose: number

beforeAll(async () => {
  database = await testDatabase()
  registerModules(modules)
  ;({ admin } = await aBench())
  ;({ admin: stranger } = await aBench())
  scanTest = (await anActiveTest(admin, { formatType: 4, parameters: [] })).id
  glucose = (await anActiveTest(admin, { parameters: [aParameter()] })).id
})
afterAll(closeDocuments)

const job = (name: string, ids: object) => allJobs().get(name)?.({ labId: admin.labId, ...ids }, { actor: admin, attempt: 1, lastAttempt: false })
/** What the worker does after an upload was reconciled. */
const check = async (objectId: number) => {
  await job('storage.check', { objectId })
  await job('reports.follow_file_check', { subjectId: objectId })
}
const aFileReport = async () => {
  const order = await anOrder(admin, [scanTest])
  return { labReportId: order.reports[0]?.id ?? 0, patientId: order.patient.id, billId: order.billId }
}
const upload = (patientId: number, more = {}) => anUpload(admin, { category: 'FileTypeReport', patientId, ...more })
const fileOf = ({ file }: ReportState) => file?.object

describe('a report gets its file', () => {
  it('by the path of an upload: complete at once, signed only after the check', async () => {
    const { labReportId, patientId } = await aFileReport()
    const { id, filePath } = await upload(patientId)
    const state = await uploadFile(admin, { labReportId, initialFilePath: filePath })
    expect(state).toMatchObject({ status: 'completed', flags: { isFile: true, file: 'checking' }, file: { check: 'waiting', letterhead: 'add', object: { state: 'uploaded', path: filePath } } })
    await expect(change(admin, (tx) => signReport(tx, labReportId, { version: state.version }))).rejects.toMatchObject({ code: 'reports.file_unchecked' })
    await check(id)
    const checked = await stateOf(admin, labReportId)
    expect(checked).toMatchObject({ flags: { file: 'ready' }, file: { check: 'passed', object: { state: 'attached', pages: 1, treatment: 'kept' } } })
    expect(fileOf(checked)?.path).toMatch(new RegExp(`/${admin.labId}/${patientId}/FileTypeReport/[0-9a-f-]+_scan.pdf$`))
    expect(await objects().head(filePath)).not.toBeNull()
    await job('storage.delete_upload', { objectId: id })
    expect(await objects().head(filePath)).toBeNull()
    expect(await change(admin, (tx) => signReport(tx, labReportId, { version: checked.version }))).toMatchObject({ status: 'signed' })
  })

  it('at most in eight statements, and none of its bytes come through here', async () => {
    const { labReportId, patientId } = await aFileReport()
    const { id, filePath } = await upload(patientId)
    await check(id)
    const store = objects()
    const touched: string[] = []
    useObjects(new Proxy(store, { get: (target, name) => {
      const member = Reflect.get(target, name) as unknown
      return typeof member === 'function' ? (...args: unknown[]) => {
        touched.push(String(name))
        return member.apply(target, args)
      } : member
    } }) as ObjectStore)
    try {
      const { result, statements } = await countStatements(() => uploadFile(admin, { labReportId, initialFilePath: filePath }))
      expect(result).toMatchObject({ status: 'completed', file: { check: 'passed' } })
      expect(statements).toBeLessThanOrEqual(8)
      expect(touched).toEqual([])
    } finally {
      useObjects(store)
    }
  })

  it('once, however often it is said', async () => {
    const { labReportId, patientId } = await aFileReport()
    const { filePath } = await upload(patientId)
    const { version } = await stateOf(admin, labReportId)
    const first = await uploadFile(admin, { labReportId, version, initialFilePath: filePath })
    expect(await uploadFile(admin, { labReportId, version, initialFilePath: filePath })).toEqual(first)
    expect(await uploadFile(admin, { labReportId, initialFilePath: filePath })).toEqual(first)
    const both = await Promise.all([1, 2].map(async () => uploadFile(admin, { labReportId, initialFilePath: filePath })))
    expect(both[0]?.version).toBe(first.version)
    expect(await database.rows(`select count(*) from platform.activity where action = 'reports.file_attached' and subject_id = $1`, [labReportId])).toEqual([{ count: 1 }])
  })

  it('in base64: stored and checked in the request', async () => {
    const { labReportId } = await aFileReport()
    const state = await uploadFile(admin, { labReportId, fileName: 'outside lab.pdf', fileData: `data:application/pdf;base64,${aPdf('Histology').toString('base64')}` })
    expect(state).toMatchObject({ status: 'completed', file: { check: 'passed', object: { fileName: 'outside lab.pdf', state: 'attached' } } })
    const image = await aFileReport()
    const converted = await uploadFile(admin, { labReportId: image.labReportId, fileData: png.toString('base64') })
    expect(fileOf(converted)).toMatchObject({ treatment: 'converted', contentType: 'application/pdf', pages: 1 })
    expect(fileOf(converted)?.path).toMatch(/\.pdf$/)
    const [row] = await database.rows<{ original_path: string }>('select original_path from storage.object where id = $1', [fileOf(converted)?.id])
    expect(row?.original_path).toMatch(/\.original\.png$/)
    expect((await objects().head(row?.original_path ?? ''))?.size).toBe(png.length)
  })

  it('of several files that become one, in their order', async () => {
    const { labReportId, patientId } = await aFileReport()
    const parts = [await upload(patientId, { bytes: aPdf('first') }), await upload(patientId, { bytes: png, contentType: 'image/png', fileName: 'second.png' })]
    const paths = parts.map(({ filePath }) => filePath)
    const state = await uploadFile(admin, { labReportId, initialFilePath: paths })
    expect(state).toMatchObject({ status: 'completed', file: { check: 'waiting', object: { treatment: 'merged' } } })
    expect(await uploadFile(admin, { labReportId, initialFilePath: paths })).toEqual(state)
    const whole = fileOf(state)?.id ?? 0
    await check(whole)
    expect((await stateOf(admin, labReportId)).file?.check).toBe('waiting')
    for (const { id } of parts) await check(id)
    await check(whole)
    expect(await stateOf(admin, labReportId)).toMatchObject({ file: { check: 'passed', object: { pages: 2, state: 'attached' } } })
    expect(await database.rows('select state from storage.object where id = any ($1)', [parts.map(({ id }) => id)])).toEqual([{ state: 'superseded' }, { state: 'superseded' }])
    expect(await uploadFile(admin, { labReportId, initialFilePath: paths })).toMatchObject({ file: { object: { id: whole } } })
  })

  it('and goes back with the reason when the check refuses it', async () => {
    const { labReportId, patientId } = await aFileReport()
    const { id, filePath } = await upload(patientId, { bytes: Buffer.from('%PDF-1.4 and nothing else of a PDF') })
    await uploadFile(admin, { labReportId, initialFilePath: filePath })
    await check(id)
    const state = await stateOf(admin, labReportId)
    expect(state).toMatchObject({ status: 'ordered', flags: { file: 'refused' }, file: { check: 'refused' }, completedAt: null })
    expect(fileOf(state)?.refusedBecause).toBeTruthy()
    await expect(uploadFile(admin, { labReportId, initialFilePath: filePath })).rejects.toMatchObject({ code: 'storage.content_mismatch' })
    const better = await upload(patientId)
    await check(better.id)
    expect(await uploadFile(admin, { labReportId, initialFilePath: better.filePath })).toMatchObject({ status: 'completed', flags: { file: 'ready' } })
  })

  it('replaced before it is signed, amended after', async () => {
    const { labReportId, patientId } = await aFileReport()
    const [first, second, third] = [await aStoredObject(admin, { category: 'FileTypeReport', patientId }), await upload(patientId), await upload(patientId)]
    await uploadFile(admin, { labReportId, initialFilePath: first.path })
    await check(second.id)
    const state = await uploadFile(admin, { labReportId, initialFilePath: second.filePath })
    expect(await database.rows('select state from storage.object where id = $1', [first.id])).toEqual([{ state: 'superseded' }])
    expect(await objects().head(first.path)).not.toBeNull()
    await change(admin, (tx) => signReport(tx, labReportId, { version: state.version }))
    await check(third.id)
    await expect(uploadFile(admin, { labReportId, initialFilePath: third.filePath })).rejects.toMatchObject({ code: 'reports.wrong_status' })
    const amended = await uploadFile(admin, { labReportId, initialFilePath: third.filePath, reason: 'page 2 was missing' })
    expect(amended).toMatchObject({ status: 'completed', flags: { amended: true }, amendments: [{ number: 1, reason: 'page 2 was missing' }] })
    const signed = await change(admin, (tx) => signReport(tx, labReportId, { version: amended.version }))
    expect(signed.amendments[0]?.changes).toEqual([{ code: 'FILE', before: 'scan.pdf', after: 'scan.pdf' }])
    const { items } = await read(admin, (db) => getHistory(db, labReportId, {}))
    expect(items.filter(({ kind }) => kind === 'file').map(({ before, after }) => [before, after])).toEqual([['scan.pdf', 'scan.pdf'], ['scan.pdf', 'scan.pdf'], [null, 'scan.pdf']])
  })
})

describe('a file is refused', () => {
  it('of another patient, another lab, never reserved, never uploaded, used elsewhere, or of another kind', async () => {
    const { labReportId, patientId } = await aFileReport()
    const give = (initialFilePath: string) => uploadFile(admin, { labReportId, initialFilePath })
    await expect(give((await upload((await aPatient(admin)).id)).filePath)).rejects.toMatchObject({ code: 'storage.path_not_allowed' })
    await expect(give((await anUpload(stranger, { category: 'FileTypeReport', patientId })).filePath)).rejects.toMatchObject({ code: 'platform.not_found' })
    await expect(give('FileTypeReports/IN/1/2/3/never.pdf')).rejects.toMatchObject({ code: 'platform.not_found' })
    await expect(give((await anUpload(admin, { patientId, category: 'PatientAttachment' })).filePath)).rejects.toMatchObject({ code: 'storage.path_not_allowed' })
    const used = await upload(patientId)
    await give(used.filePath)
    const other = await anOrder(admin, [scanTest], { patientId })
    await expect(uploadFile(admin, { labReportId: other.reports[0]?.id ?? 0, initialFilePath: used.filePath }))
      .rejects.toMatchObject({ code: 'storage.path_not_allowed' })
    expect(await stateOf(admin, other.reports[0]?.id ?? 0)).toMatchObject({ status: 'ordered', file: null })
  })

  it('by a report of values, another lab, too few rights, a stale version, and what is no base64', async () => {
    const { labReportId, patientId } = await aFileReport()
    const { filePath } = await upload(patientId)
    const values = (await aReceivedOrder(admin, [glucose], { patientId })).reports[0]?.id ?? 0
    await expect(uploadFile(admin, { labReportId: values, initialFilePath: filePath })).rejects.toMatchObject({ code: 'reports.not_a_file_report' })
    await expect(uploadFile(admin, { labReportId: values, fileData: png.toString('base64') })).rejects.toMatchObject({ code: 'reports.not_a_file_report' })
    await expect(uploadFile(stranger, { labReportId, initialFilePath: filePath })).rejects.toMatchObject({ code: 'platform.not_found' })
    const clerk = { ...admin, permissions: new Set(['reports.enter']) }
    await expect(uploadFile(clerk, { labReportId, initialFilePath: filePath })).rejects.toMatchObject({ code: 'platform.forbidden' })
    await expect(uploadFile(admin, { labReportId, version: 99, initialFilePath: filePath })).rejects.toMatchObject({ code: 'platform.stale_version' })
    await expect(uploadFile(admin, { labReportId, fileData: 'not base64!!' })).rejects.toMatchObject({ errors: [{ path: '/fileData' }] })
    await expect(uploadFile(admin, { labReportId, fileData: [{ data: png.toString('base64') }, { data: 'AAAA' }] }))
      .rejects.toMatchObject({ errors: [{ path: '/fileData/1/data' }] })
    await expect(uploadFile(admin, { labReportId })).rejects.toMatchObject({ errors: [{ path: '/initialFilePath' }] })
    await expect(uploadFile(admin, { labReportId, fileData: Buffer.from('%PDF-1.4 broken').toString('base64') })).rejects.toMatchObject({ code: 'storage.content_mismatch' })
    expect(await stateOf(admin, labReportId)).toMatchObject({ status: 'ordered', file: null })
  })

  it('of radiology by those who may not', async () => {
    const { labReportId, patientId } = await aFileReport()
    const { filePath } = await upload(patientId)
    const technician = { ...admin, permissions: new Set(['reports.enter', 'reports.complete', 'reports.convert']) }
    await database.rows(`update labs.department set radiology = true where lab_id = $1 and code = 'BIO'`, [admin.labId])
    try {
      await expect(uploadFile(technician, { labReportId, initialFilePath: filePath })).rejects.toMatchObject({ code: 'reports.radiology_guarded', status: 403 })
      await expect(change(technician, (tx) => convertReport(tx, { labReportId, fileInputReport: false }))).rejects.toMatchObject({ code: 'reports.radiology_guarded' })
    } finally {
      await database.rows('update labs.department set radiology = false')
    }
    expect(await uploadFile(technician, { labReportId, initialFilePath: filePath })).toMatchObject({ status: 'completed' })
  })
})

describe('a report is converted', () => {
  it('to one of a file and back; what it held is in its history', async () => {
    const order = await aReceivedOrder(admin, [glucose])
    const labReportId = order.reports[0]?.id ?? 0
    const { version } = await enter(admin, labReportId, { GLU: '50' })
    const file = await change(admin, (tx) => convertReport(tx, { labReportId, version, fileInputReport: true }))
    expect(file).toMatchObject({ status: 'received', values: [], flags: { isFile: true, file: 'missing', critical: false, abnormal: false }, completedAt: null })
    await expect(enter(admin, labReportId, { GLU: '12' })).rejects.toMatchObject({ code: 'reports.file_report' })
    await expect(change(admin, (tx) => convertReport(tx, { labReportId, fileInputReport: true }))).rejects.toMatchObject({ code: 'reports.already_of_that_kind' })
    await uploadFile(admin, { labReportId, fileData: aPdf('scan').toString('base64') })
    const back = await change(admin, (tx) => convertReport(tx, { labReportId, fileInputReport: false }))
    expect(back).toMatchObject({ status: 'received', file: null, flags: { isFile: false, file: null } })
    expect(await enter(admin, labReportId, { GLU: '12' })).toMatchObject({ status: 'completed' })
    const { items } = await read(admin, (db) => getHistory(db, labReportId, {}))
    expect(items.map(({ kind, before, after }) => [kind, before, after])).toEqual(expect.arrayContaining([['value', '50', null], ['file', 'report-1', null]]))
  })

  it('when it is signed only with a reason, and is an amended one then', async () => {
    const order = await aReceivedOrder(admin, [glucose])
    const labReportId = order.reports[0]?.id ?? 0
    const { version } = await enter(admin, labReportId, { GLU: '12' })
    await change(admin, (tx) => signReport(tx, labReportId, { version }))
    await expect(change(admin, (tx) => convertReport(tx, { labReportId, fileInputReport: true }))).rejects.toMatchObject({ errors: [{ path: '/reason' }] })
    const converted = await change(admin, (tx) => convertReport(tx, { labReportId, fileInputReport: true, reason: 'the outside lab sent a PDF' }))
    expect(converted).toMatchObject({ status: 'received', signatures: [], flags: { amended: true } })
  })

  it('never to one of values where there are no parameters', async () => {
    const { labReportId } = await aFileReport()
    await expect(change(admin, (tx) => convertReport(tx, { labReportId, fileInputReport: false }))).rejects.toMatchObject({ code: 'reports.no_parameters' })
  })
})

describe('reports are marked as done', () => {
  it('when their results are in the file of another, while one of the bill stays open', async () => {
    const order = await anOrder(admin, [scanTest, glucose, glucose])
    const [carrier, second, third] = order.reports.map(({ id }) => id) as [number, number, number]
    const { reports } = await change(admin, (tx) => markReportsDone(tx, { labReportId: carrier, siblingIds: [second] }))
    expect(reports).toMatchObject([{ labReportId: second, status: 'completed' }])
    const done = await stateOf(admin, second)
    expect(done).toMatchObject({ status: 'completed', doneWith: { id: carrier } })
    await expect(change(admin, (tx) => signReport(tx, second, { version: done.version }))).rejects.toMatchObject({ code: 'reports.file_unchecked' })
    await uploadFile(admin, { labReportId: carrier, fileData: aPdf('all results').toString('base64') })
    expect(await change(admin, (tx) => signReport(tx, second, { version: done.version }))).toMatchObject({ status: 'signed' })
    await expect(change(admin, (tx) => markReportsDone(tx, { labReportId: carrier, siblingIds: [third] }))).rejects.toMatchObject({ code: 'reports.none_left_open' })
    await expect(change(admin, (tx) => markReportsDone(tx, { labReportId: carrier, siblingIds: [second] }))).rejects.toMatchObject({ code: 'reports.wrong_status' })
    await expect(change(stranger, (tx) => markReportsDone(tx, { labReportId: carrier }))).rejects.toMatchObject({ code: 'platform.not_found' })
    await expect(change(admin, (tx) => markReportsDone(tx, { labReportId: third }))).rejects.toMatchObject({ code: 'reports.not_a_file_report' })
  })
})

it('an unsigned report that is signed again is another issue than the paper that is out', async () => {
  const order = await aReceivedOrder(admin, [glucose])
  const id = order.reports[0]?.id ?? 0
  const { version } = await enter(admin, id, { GLU: '12' })
  const signed = await change(admin, (tx) => signReport(tx, id, { version }))
  const unsigned = await change(admin, (tx) => unsignReport(tx, id, { version: signed.version, reason: 'wrong tube' }))
  const changed = await enter(admin, id, { GLU: '13' })
  expect(unsigned.flags.amended).toBe(true)
  expect(await database.rows(`select jsonb_array_length(before->'signatures') as signatures from reports.amendment where report_id = $1`, [id])).toEqual([{ signatures: 1 }])
  const again = await change(admin, (tx) => signReport(tx, id, { version: changed.version }))
  expect(again.amendments).toMatchObject([{ number: 1, reason: 'wrong tube', changes: [{ code: 'GLU', before: '12', after: '13' }] }])
})
