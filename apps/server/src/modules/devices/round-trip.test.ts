import { afterAll, beforeAll, expect, it } from 'vitest'
import { modules } from '../../modules.ts'
import { anActiveTest, aParameter } from '../catalog/testing.ts'
import { aBench, aReceivedOrder, aSigner, stateOf } from '../reports/testing.ts'
import type { Actor } from '#platform/auth'
import { closeDocuments } from '#platform/documents'
import { startWorker } from '#platform/jobs'
import { registerModules } from '#platform/module'
import { testDatabase, type TestDatabase } from '#platform/testing'
import type { Listeners } from './listen/start-listeners.ts'
import { freePort } from './listen/testing/a-port.ts'
import { aSocket } from './listen/testing/a-socket.ts'
import { startInstruments } from './start-instruments.ts'
import { anInstrument, hl7Profile, oru } from './testing.ts'

let database: TestDatabase
let admin: Actor
let listeners: Listeners
let worker: Awaited<ReturnType<typeof startWorker>>

beforeAll(async () => {
  database = await testDatabase()
  registerModules(modules)
  ;({ admin } = await aBench())
  listeners = await startInstruments(database.url, { host: '127.0.0.1', everyMs: 200 })
  worker = await startWorker(2)
})
afterAll(async () => {
  await listeners.close()
  await worker.stop()
  await closeDocuments()
})

const framed = (text: string): string => `\x0b${text}\x1c\r`

it('an order is asked for by barcode, measured, sent back, verified and signed, and nobody touched it', async () => {
  const glucose = (await anActiveTest(admin, { parameters: [aParameter()] })).id
  const signer = await aSigner(admin, 5)
  await database.rows('update labs.account set role_id = (select role_id from labs.account where id = $1) where id = $2', [admin.accountId, signer.accountId])
  const port = await freePort()
  await anInstrument(admin, hl7Profile([{ code: 'GLUC', parameter: 'GLU', unit: 'mg/dL' }]), { port, autoRelease: true, autoComplete: true, autoVerify: true, autoSignBy: signer.accountId })
  const order = await aReceivedOrder(admin, [glucose])
  const barcode = order.specimens[0]?.number ?? ''
  const reportId = order.reports[0]?.id ?? 0

  const line = await whenOpen(port)
  line.write(framed(`MSH|^~\\&|ANALYSER|LAB|LIS|LAB|20261121100000||QRY^R02|Q1|P|2.3.1\rQRD|20261121|R|I|Q1|||1^RD|${barcode}|RES\r`))
  const answer = await line.hears(new RegExp(`${barcode}[^]*GLUC|GLUC[^]*${barcode}`), 10_000)
  expect(answer).toContain('Q1')
  line.write(framed(oru(barcode, [['GLUC', '15', 'mg/dL']], { id: 'R1' })))
  await line.hears(/MSA\|AA\|R1/, 10_000)
  await expect.poll(async () => (await stateOf(admin, reportId)).status, { interval: 100 }).toBe('signed')
  expect(await stateOf(admin, reportId)).toMatchObject({ values: [{ code: 'GLU', value: '15', source: 'instrument' }], signatures: [{ accountId: signer.accountId }] })

  // The answer was lost and the instrument says it again: the same answer, and nothing else happens.
  const { version } = await stateOf(admin, reportId)
  line.write(framed(oru(barcode, [['GLUC', '15', 'mg/dL']], { id: 'R1' })))
  await line.hears(/(MSA\|AA\|R1[^]*){2}/, 10_000)
  expect((await stateOf(admin, reportId)).version).toBe(version)
  expect(await database.rows(`select copies, state from devices.message where control_id = 'R1'`)).toEqual([{ copies: 2, state: 'processed' }])
  line.close()
})

async function whenOpen(port: number) {
  for (let tries = 0; ; tries++) {
    try {
      return await aSocket(port)
    } catch (error) {
      if (tries > 50) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}
