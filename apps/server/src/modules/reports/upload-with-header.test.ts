import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { modules } from '../../modules.ts'
import { anActiveTest } from '../catalog/testing.ts'
import { signInAs, testAuth } from '../labs/testing.ts'
import { aPdf, png } from '../storage/testing.ts'
import type { Actor } from '#platform/auth'
import { closeDocuments, describePdf } from '#platform/documents'
import { createApp } from '#platform/http'
import { registerModules } from '#platform/module'
import { testDatabase, type TestDatabase } from '#platform/testing'
import { storedBytes } from '#modules/storage'
import { readSeen } from './print/testing/read-seen.ts'
import { aBench, anOrder } from './testing.ts'

let database: TestDatabase
let app: FastifyInstance
let admin: Actor
let scanTest: number
let headers: { authorization: string }

beforeAll(async () => {
  database = await testDatabase()
  registerModules(modules)
  const auth = testAuth(database)
  ;({ admin } = await aBench())
  scanTest = (await anActiveTest(admin, { formatType: 4, parameters: [] })).id
  headers = (await signInAs(admin, ['reports.enter', 'reports.complete', 'reports.view', 'reports.print', 'reports.print_unsigned'])).headers
  app = await createApp({ config: database.config, auth, modules, enforceBudgets: true })
})
afterAll(async () => {
  await app.close()
  await closeDocuments()
})

const post = async (url: string, payload: object) => {
  const answer = await app.inject({ method: 'POST', url, headers, payload })
  return { status: answer.statusCode, body: answer.json() as { code?: string; file: { object: { id: number; treatment: string }; letterhead: string } } }
}

describe('POST /uploadFileWithHeader/', () => {
  it('prints the lab\'s header and the patient on every page, and keeps what was sent', async () => {
    const order = await anOrder(admin, [scanTest])
    const labReportId = order.reports[0]?.id ?? 0
    const { status, body } = await post('/uploadFileWithHeader/', { labReportId, fileData: [{ data: aPdf('Biopsy of the left arm').toString('base64') }, { fileName: 'page.png', data: png.toString('base64') }] })
    expect([status, body]).toMatchObject([200, { file: { letterhead: 'own', check: 'passed', object: { treatment: 'stamped', pages: 2 } } }])
    const bytes = (await storedBytes(admin.labId, [body.file.object.id])).get(body.file.object.id)
    const pages = (await readSeen(bytes as Buffer)).map(({ text }) => text)
    expect(pages).toHaveLength(2)
    for (const text of pages) expect(text).toContain(order.patient.fullName)
    expect(pages[0]).toContain('Biopsy of the left arm')
    expect(await database.rows(`select count(*) from storage.object where state = 'superseded' and patient_id = $1`, [order.patient.id])).toEqual([{ count: 2 }])
    const pdf = await app.inject({ url: `/api/reports/${labReportId}/report.pdf`, headers })
    expect([pdf.statusCode, (await describePdf(pdf.rawPayload)).pages]).toEqual([200, 2])
  })

  it('takes files of many megabytes, and refuses more with a sentence', async () => {
    const order = await anOrder(admin, [scanTest])
    const labReportId = order.reports[0]?.id ?? 0
    // Comments after the end of a PDF are part of nothing: a large file that is quick to open.
    const large = Buffer.concat([aPdf('large'), Buffer.alloc(12 * 1024 * 1024, '%')])
    expect(await post('/uploadFileTypeReport/', { labReportId, fileData: large.toString('base64') })).toMatchObject({ status: 200 })
    const answer = await app.inject({ method: 'POST', url: '/uploadFileTypeReport/', headers, payload: { labReportId, fileData: 'A'.repeat(40 * 1024 * 1024) } })
    expect([answer.statusCode, answer.json().code]).toEqual([413, 'platform.payload_too_large'])
  })
})
