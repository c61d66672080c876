import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildMessage, encodeFrame } from '@aliquot/astm'
import { beforeAll, describe, expect, it } from 'vitest'
import { testDatabase, type TestDatabase } from '#platform/testing'
import { astmAnalyser } from '../simulate/astm-analyser.ts'
import { astmQuery, astmResults } from '../simulate/made-up.ts'
import { startListeners } from './start-listeners.ts'
import { aPort, messagesAt, type StoredMessage } from './testing/a-port.ts'
import { aProfile } from './testing/a-profile.ts'
import { aSocket } from './testing/a-socket.ts'
import { noTasks, registerReceiving } from './testing/test-tasks.ts'

const folder = process.env.ALIQUOT_DEVICE_CAPTURES ?? join(import.meta.dirname, '../../../../../../../shared/data/devices')
const missing = existsSync(folder) ? '' : ' (left out: no captures in ALIQUOT_DEVICE_CAPTURES)'
const host = '127.0.0.1'
const [enq, eot] = ['\x05', '\x04']

let database: TestDatabase
let astm: number
let tolerant: number
let tolerantId: number | undefined
let bare: number
/** What the host says to those who ask; orders that wait. */
const answers: Uint8Array[] = []
const orders: { id: number; messages: Uint8Array[] }[] = []
const noted: [number, string | null][] = []

beforeAll(async () => {
  database = await testDatabase()
  registerReceiving()
  const asking = aProfile({ query: { dialect: 'astm', sample: { from: ['Q-3.2'] }, testCode: '^^^{code}', noOrder: 'terminator', actionCode: 'N' } })
  ;({ port: astm } = await aPort(database, 1, [{ definition: asking }]))
  const link = { frameText: 64_000, maxMessage: 8_000_000, tolerateChecksum: true, tolerateFrameNumber: true }
  ;({ port: tolerant, instrumentIds: [tolerantId] } = await aPort(database, 1, [{ definition: aProfile({ link }) }]))
  ;({ port: bare } = await aPort(database, 1, [{ definition: aProfile({ protocol: 'astm_unframed' }) }]))
  const listeners = await startListeners(database.url, {
    ...noTasks,
    isQuery: (_, bytes) => Buffer.from(bytes).toString('latin1').includes('\rQ|'),
    answerFor: async () => answers,
    takeOrders: async (_, instrumentId) => (instrumentId === tolerantId ? orders.splice(0) : []),
    noteOrders: async (_, id, trouble) => void noted.push([id, trouble]),
  }, { host, everyMs: 200, silenceMs: 500 })
  return () => listeners.close()
})

const received = async (port: number, sample: string): Promise<StoredMessage[]> => (await messagesAt(database, port)).filter(({ text }) => text.includes(sample))
const whole = (rows: StoredMessage[]) => rows.filter(({ state }) => state === 'stored')
let made = 0
const sampleId = (): string => `S-${String(++made).padStart(4, '0')}`

describe.concurrent('an ASTM line', () => {
  const send = async (sample: string, fault: Parameters<typeof astmAnalyser>[0]['fault']) => {
    const analyser = await astmAnalyser({ host, port: astm, fault: fault ?? null })
    const message = astmResults(sample, new Date())
    const trouble = await analyser.send(message)
    analyser.close()
    return { trouble, repeats: analyser.repeats, text: Buffer.from(message).toString('latin1') }
  }

  it('stores a message before the ACK of its last frame', async () => {
    const sample = sampleId()
    const { trouble, text } = await send(sample, null)
    expect(trouble).toBeNull()
    expect((await received(astm, sample)).map((row) => [row.state, row.text, row.copies, row.instrument_id !== null])).toEqual([['stored', text, 1, true]])
  })

  it.each(['lost-ack', 'checksum', 'wrong-number', 'slow', 'duplicate', 'nak'] as const)('takes a message once, whatever happens: %s', async (fault) => {
    const sample = sampleId()
    const { trouble, repeats, text } = await send(sample, fault)
    expect(trouble).toBeNull()
    if (!['slow', 'duplicate'].includes(fault)) expect(repeats).toBeGreaterThan(0)
    const rows = whole(await received(astm, sample))
    expect(rows.map((row) => [row.text, row.copies])).toEqual([[text, fault === 'duplicate' ? 2 : 1]])
  })

  it('keeps a message cut in a frame as incomplete, and takes it whole when it comes again', async () => {
    const sample = sampleId()
    const { text } = await send(sample, 'cut')
    const rows = await received(astm, sample)
    expect(whole(rows).map((row) => row.text)).toEqual([text])
    expect(rows.filter(({ state }) => state === 'incomplete').length).toBe(1)
  })

  it('keeps what was accepted of a message that broke off later', async () => {
    const sample = sampleId()
    const text = Buffer.from(astmResults(sample, new Date()))
    const line = await aSocket(astm)
    line.write(enq)
    await line.hears('\x06')
    line.write(encodeFrame(1, text.subarray(0, 120), false))
    await line.hears('\x06\x06')
    line.write(encodeFrame(2, text.subarray(120), true).subarray(0, 60))
    line.close()
    await expect.poll(async () => (await received(astm, sample)).map(({ state, detail }) => [state, detail])).toContainEqual(['incomplete', 'broken off: closed'])
    expect(whole(await received(astm, sample))).toEqual([])
  })

  it('answers a query in a session of its own', async () => {
    answers.splice(0, answers.length, buildMessage([{ type: 'H' }, { type: 'P' }, { type: 'O', fields: { 3: 'X', 5: ['', '', '', 'HGB'] } }, { type: 'L', fields: { 3: 'F' } }]))
    const analyser = await astmAnalyser({ host, port: astm })
    expect(await analyser.send(astmQuery('ASKED', new Date()))).toBeNull()
    expect(Buffer.from(await analyser.receive(5000)).toString('latin1')).toContain('O|1|X||^^^HGB')
    analyser.close()
  })

  it('yields to an instrument that enquires at the same moment, and answers it afterwards', async () => {
    const sample = sampleId()
    const analyser = await astmAnalyser({ host, port: astm, fault: 'contention' })
    expect(await analyser.send(astmQuery('CONTENDED', new Date()))).toBeNull()
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(await analyser.send(astmResults(sample, new Date()))).toBeNull()
    expect((await analyser.receive(10_000)).length).toBeGreaterThan(0)
    analyser.close()
    expect(whole(await received(astm, sample))).toHaveLength(1)
  })

  it('brings orders that wait to an instrument that is connected, and says that they were taken', async () => {
    const analyser = await astmAnalyser({ host, port: tolerant })
    orders.push({ id: 7, messages: [buildMessage([{ type: 'H' }, { type: 'P' }, { type: 'O', fields: { 3: 'DOWN' } }, { type: 'L' }])] })
    expect(Buffer.from(await analyser.receive(5000)).toString('latin1')).toContain('O|1|DOWN')
    await expect.poll(() => noted).toContainEqual([7, null])
    analyser.close()
  })

  it('reads records that come without frames, and keeps what a silence broke off', async () => {
    const line = await aSocket(bare)
    line.write('H|\\^&|||BARE-1\rP|1\rR|1|^^^GLU|5.4\rL|1|N\r')
    line.write('H|\\^&|||BARE-2\rP|1\r')
    await expect.poll(async () => (await messagesAt(database, bare)).map(({ state, text }) => [state, text.slice(8, 14)]))
      .toEqual([['stored', 'BARE-1'], ['incomplete', 'BARE-2']])
    expect(line.heard()).toBe('')
    line.close()
  })
})

describe.skipIf(missing !== '')(`captured sessions at every chunking are stored alike${missing}`, () => {
  /** The bytes of a session; those that wait for nothing are answered all the same. */
  const session = (name: string): Buffer => Buffer.concat([Buffer.from(enq), readFileSync(join(folder, name)), Buffer.from(eot)])
  const chunkings: Record<string, (bytes: Buffer) => Buffer[]> = {
    whole: (bytes) => [bytes],
    random: (bytes) => cut(bytes, () => 1 + Math.floor(Math.random() * 300)),
    'byte by byte': (bytes) => cut(bytes, () => 1),
  }
  const cut = (bytes: Buffer, size: () => number): Buffer[] => {
    const chunks: Buffer[] = []
    for (let at = 0; at < bytes.length;) {
      const end = at + size()
      chunks.push(bytes.subarray(at, end))
      at = end
    }
    return chunks
  }

  it.each(['cobas_c111.astm', 'cobas_c311.astm', 'yumizen_h500.astm'])('%s', async (name) => {
    const port = name.startsWith('yumizen') ? tolerant : astm
    const bytes = session(name)
    const before = (await messagesAt(database, port)).at(-1)?.id ?? 0
    for (const [index, chunks] of Object.values(chunkings).map((chunk) => chunk(bytes)).entries()) {
      const line = await aSocket(port)
      for (const chunk of chunks) if (!line.socket.write(chunk)) await new Promise((resolve) => line.socket.once('drain', resolve))
      const come = async () => (await messagesAt(database, port)).filter(({ id }) => id > before)
      await expect.poll(async () => (await come()).map(({ state, copies }) => [state, copies])).toEqual([['stored', index + 1]])
      line.close()
    }
  })
})
