import type { createApp } from '../../apps/server/src/platform/http/index.ts'
import { checkNow } from '../../apps/server/src/modules/storage/index.ts'
import { systemActor } from '../../apps/server/src/platform/auth/index.ts'
import { countStatements, thePool } from '../../apps/server/src/platform/db/index.ts'
import { closeDocuments } from '../../apps/server/src/platform/documents/index.ts'
import { objects, useObjects, type ObjectStore } from '../../apps/server/src/platform/objects/index.ts'
import { composePdf, ink, paper } from '../../apps/server/src/platform/typeset/index.ts'

type App = Awaited<ReturnType<typeof createApp>>

export interface FileReportCost {
  statements: number
  /** Bytes that the server read from or wrote to the store while it finalised; the body of the request is apart. */
  bytesMoved: number
  bodyBytes: number
  fileBytes: number
}

/** A file is uploaded and checked, then finalised over HTTP: what that costs once the caches know the test. */
export async function finaliseWarm(app: App, labId: number, key: string, patientId: number): Promise<FileReportCost> {
  await finalise(app, labId, key, patientId)
  const cost = await finalise(app, labId, key, patientId)
  await closeDocuments()
  return cost
}

async function finalise(app: App, labId: number, key: string, patientId: number): Promise<FileReportCost> {
  const call = async (url: string, payload: object) => {
    const answer = await app.inject({ method: 'POST', url, payload, headers: { authorization: `Bearer ${key}` } })
    if (answer.statusCode >= 300) throw new Error(`${url} answered ${answer.statusCode}: ${answer.body}`)
    return answer.json()
  }
  const { rows: [test] } = await thePool().query<{ id: number }>(`select id from catalog.test where lab_id = $1 and format_type = 4 order by id limit 1`, [labId])
  const { accession } = await call('/api/billing/bills', { patientId, items: [{ kind: 'test', id: test?.id }] })
  const bytes = Buffer.from(await scan())
  const ticket = await call('/sm_generate_presigned_url/', { fileName: 'scan.pdf', contentType: 'application/pdf', size: bytes.length, category: 'FileTypeReport', patientId })
  await objects().put(ticket.filePath, bytes, { contentType: 'application/pdf' })
  await call('/sm_reconcile_presigned_url/', { filePath: ticket.filePath })
  await checkNow(systemActor(labId, 'bench'), ticket.objectId)
  const store = objects()
  const moved = { bytes: 0 }
  useObjects(counting(store, moved))
  const body = { labReportId: accession.reports[0].id, initialFilePath: ticket.filePath }
  const { statements } = await countStatements(() => call('/uploadFileTypeReport/', body))
  useObjects(store)
  return { statements, bytesMoved: moved.bytes, bodyBytes: JSON.stringify(body).length, fileBytes: bytes.length }
}

/** The same store; every byte that goes in or out through this process is counted. */
function counting(store: ObjectStore, moved: { bytes: number }): ObjectStore {
  return new Proxy(store, { get: (target, name) => {
    const member = Reflect.get(target, name) as unknown
    if (typeof member !== 'function') return member
    return async (...args: unknown[]) => {
      const answer: unknown = await member.apply(target, args)
      for (const thing of [...args, answer]) if (Buffer.isBuffer(thing)) moved.bytes += thing.length
      if (name === 'get' && answer) (answer as NodeJS.ReadableStream).on('data', (chunk: Buffer) => { moved.bytes += chunk.length })
      return answer
    }
  } })
}

const scan = () => composePdf({ title: 'Scan', subject: 'bench', author: 'bench', at: new Date(0), language: 'en' }, (sheet) => {
  for (let page = 1; page <= 20; page++) {
    sheet.page(paper.a4.width, paper.a4.height)
    sheet.text(`Page ${page}`, 60, 80, { size: 12, colour: ink.text })
  }
})
