import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { modules } from '../../modules.ts'
import { anActiveTest } from '../catalog/testing.ts'
import { aPatient } from '../patients/testing.ts'
import { anUpload, aPdf, aReservation, png } from '../storage/testing.ts'
import { createAuth, type Actor } from '#platform/auth'
import { useConfig } from '#platform/config'
import { closeDocuments } from '#platform/documents'
import { createApp } from '#platform/http'
import { allJobs, registerModules } from '#platform/module'
import { objects } from '#platform/objects'
import { testDatabase, type TestDatabase } from '#platform/testing'
import { aBench, anOrder, stateOf } from './testing.ts'

const token = 'the token of this test alone'
let database: TestDatabase
let app: FastifyInstance
let admin: Actor
let scanTest: number

beforeAll(async () => {
  database = await testDatabase()
  const config = useConfig({ ...database.config, lambdaToken: token })
  registerModules(modules)
  ;({ admin } = await aBench())
  scanTest = (await anActiveTest(admin, { formatType: 4, parameters: [] })).id
  app = await createApp({ config, auth: createAuth(config, database.url), modules, enforceBudgets: true })
})
afterAll(async () => {
  await app.close()
  await closeDocuments()
})

const post = async (url: string, payload: object, headers: Record<string, string> = { 'x-lambda-token': token }) => {
  const answer = await app.inject({ method: 'POST', url, headers, payload })
  return { status: answer.statusCode, body: answer.json() as Record<string, unknown> }
}
const pathOf = (temporary_filepath: string) => post('/report-value/file-type/get/storage-manager/path', { temporary_filepath })
const update = (payload: object) => post('/report-value/file-type/update', payload)
const check = async (objectId: number) => {
  for (const [name, payload] of [['storage.check', { objectId }], ['reports.follow_file_check', { subjectId: objectId }]] as const) {
    await allJobs().get(name)?.({ labId: admin.labId, ...payload }, { actor: admin, attempt: 1, lastAttempt: false })
  }
}

async function aCase(bytes = aPdf('scan'), more = {}) {
  const order = await anOrder(admin, [scanTest])
  const upload = await anUpload(admin, { category: 'FileTypeReport', patientId: order.patient.id, bytes, ...more })
  return { labReportId: order.reports[0]?.id ?? 0, patientId: order.patient.id, temporary_filepath: upload.filePath, objectId: upload.id }
}

describe('a function of the storage', () => {
  it('is told the canonical path, always the same and always a PDF\'s', async () => {
    const { temporary_filepath, patientId, objectId } = await aCase(png, { contentType: 'image/png', fileName: 'foo.png' })
    const first = await pathOf(temporary_filepath)
    expect(first).toMatchObject({ status: 200, body: { temporary_filepath, fileName: 'foo.png', fileCategory: 'FileTypeReport', labId: admin.labId, patientId } })
    expect(first.body.filePath).toMatch(new RegExp(`^IN/${admin.labId}/${patientId}/FileTypeReport/[0-9a-f-]{36}_foo\\.pdf$`))
    await check(objectId)
    expect(await pathOf(temporary_filepath)).toEqual(first)
  })

  it('hands over what it made of an upload, once or again', async () => {
    const one = await aCase(png, { contentType: 'image/png', fileName: 'foo.png' })
    const { filePath } = (await pathOf(one.temporary_filepath)).body
    await objects().put(String(filePath), aPdf('made by the function'), { contentType: 'application/pdf' })
    const body = { filePath, temporary_filepath: one.temporary_filepath, labReportId: one.labReportId }
    expect(await update(body)).toMatchObject({ status: 200, body: { labReportId: one.labReportId, filePath, status: 'completed', checked: false } })
    await check(one.objectId)
    const again = await update(body)
    expect(again).toMatchObject({ status: 200, body: { status: 'completed', checked: true } })
    expect(await update(body)).toEqual(again)
    const state = await stateOf(admin, one.labReportId)
    expect(state.file?.object).toMatchObject({ path: filePath, state: 'attached', pages: 1, size: aPdf('made by the function').length })
    const [row] = await database.rows<{ original_path: string }>('select original_path from storage.object where id = $1', [one.objectId])
    expect((await objects().head(row?.original_path ?? ''))?.size).toBe(png.length)
    expect(await database.rows(`select count(*) from platform.activity where action = 'reports.file_attached' and subject_id = $1`, [one.labReportId])).toEqual([{ count: 1 }])
  })

  it('may leave the conversion to us: an image is a PDF before it is called one', async () => {
    const one = await aCase(png, { contentType: 'image/png', fileName: 'foo.png' })
    const { filePath } = (await pathOf(one.temporary_filepath)).body
    expect(await update({ filePath, temporary_filepath: one.temporary_filepath, labReportId: one.labReportId })).toMatchObject({ status: 200 })
    await check(one.objectId)
    expect((await objects().getStart(String(filePath), 5))?.toString()).toBe('%PDF-')
    expect((await stateOf(admin, one.labReportId)).file).toMatchObject({ check: 'passed', object: { treatment: 'converted' } })
  })

  it('is refused for what is no PDF, another path, another patient, an unknown path and no token', async () => {
    const one = await aCase()
    const { filePath } = (await pathOf(one.temporary_filepath)).body
    const body = { filePath, temporary_filepath: one.temporary_filepath, labReportId: one.labReportId }
    await objects().put(String(filePath), png, { contentType: 'application/pdf' })
    expect(await update(body)).toMatchObject({ status: 422, body: { code: 'storage.content_mismatch' } })
    await objects().remove(String(filePath))
    expect(await update({ ...body, filePath: `IN/${admin.labId}/1/FileTypeReport/x_y.pdf` })).toMatchObject({ status: 422, body: { code: 'storage.path_not_allowed' } })
    const other = await anOrder(admin, [scanTest], { patientId: (await aPatient(admin)).id })
    expect(await update({ ...body, labReportId: other.reports[0]?.id })).toMatchObject({ status: 422, body: { code: 'storage.path_not_allowed' } })
    expect(await update({ ...body, temporary_filepath: `FileTypeReports/IN/${admin.labId}/0/0/never.pdf` })).toMatchObject({ status: 404 })
    expect(await pathOf('FileTypeReports/IN/999999/0/0/never.pdf')).toMatchObject({ status: 404 })
    expect(await pathOf('nothing/that/has/a/lab')).toMatchObject({ status: 404 })
    for (const headers of [{}, { 'x-lambda-token': 'wrong' }]) expect(await post('/report-value/file-type/update', body, headers as Record<string, string>)).toMatchObject({ status: 401 })
    expect(await update(body)).toMatchObject({ status: 200 })
  })

  it('may be earlier than the browser, and later', async () => {
    const order = await anOrder(admin, [scanTest])
    const bytes = aPdf('early')
    const { filePath: temporary, objectId } = await aReservation(admin, { bytes, category: 'FileTypeReport', patientId: order.patient.id })
    const { filePath } = (await pathOf(temporary)).body
    const body = { filePath, temporary_filepath: temporary, labReportId: order.reports[0]?.id }
    expect(await update(body)).toMatchObject({ status: 409, body: { code: 'storage.not_uploaded' } })
    await objects().put(temporary, bytes, { contentType: 'application/pdf' })
    expect(await update(body)).toMatchObject({ status: 200 })
    await check(objectId)
    expect(await update(body)).toMatchObject({ status: 200, body: { checked: true } })
  })
})
