import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { testDatabase, type TestDatabase } from '#platform/testing'
import { hl7Analyser } from '../simulate/hl7-analyser.ts'
import { hl7Results } from '../simulate/made-up.ts'
import { startListeners, type ListenerOptions } from './start-listeners.ts'
import { cuttableLine } from './testing/a-cuttable-line.ts'
import { aPort, freePort, messagesAt } from './testing/a-port.ts'
import { listenersProcess } from './testing/a-process.ts'
import { aProfile } from './testing/a-profile.ts'
import { aSocket } from './testing/a-socket.ts'
import { noTasks, registerReceiving } from './testing/test-tasks.ts'

let database: TestDatabase
const ends: (() => Promise<unknown>)[] = []
const host = '127.0.0.1'
const hl7 = aProfile({ protocol: 'hl7' })

beforeAll(async () => {
  database = await testDatabase()
  registerReceiving()
})
afterAll(async () => {
  for (const end of ends) await end()
})

/** Until the test ends, however it ends. */
const listen = async (options: Partial<ListenerOptions> = {}): Promise<void> => {
  const listeners = await startListeners(database.url, noTasks, { host, everyMs: 100, beatMs: 300, ...options })
  onTestFinished(() => listeners.close())
}
const portRow = async (port: number) =>
  (await database.rows<{ listening: boolean; trouble: string | null; connections: number }>('select listening, trouble, connections from devices.port where port = $1', [port]))[0]

describe('while the database is down', () => {
  it('nothing is acknowledged: HL7 lines are closed, enquiries of ASTM get NAK; afterwards all is taken', async () => {
    const line = await cuttableLine(database.url)
    const [{ port }, { port: astm }] = await Promise.all([aPort(database, 1, [{ definition: hl7 }]), aPort(database, 1, [{ definition: aProfile() }])])
    const listening = await listenersProcess(line.url)
    ends.push(() => listening.kill())
    const early = await aSocket(astm)
    await line.cut()

    const message = hl7Results('S1', 'DOWN', new Date())
    const rude = await aSocket(port)
    rude.write(Buffer.concat([Buffer.from([0x0b]), message, Buffer.from([0x1c, 0x0d])]))
    await rude.closed()
    expect(rude.heard()).toBe('')
    await vi.waitFor(async () => {
      early.write('\x05\x04')
      await early.hears('\x15', 300)
    }, { timeout: 30_000 })
    early.close()
    expect(await messagesAt(database, port)).toEqual([])

    const analyser = hl7Analyser({ host, port, againMs: 50 })
    const sending = analyser.send(message)
    await new Promise((resolve) => setTimeout(resolve, 300))
    await line.mend()
    await sending
    analyser.close()
    expect((await messagesAt(database, port)).map(({ control_id: id, copies }) => [id, copies])).toEqual([['DOWN', 1]])
    const later = await aSocket(astm)
    later.write('\x05')
    await later.hears('\x06')
    later.close()
    // It would go on to serve the ports of the tests after this one.
    await listening.kill()
  })
})

describe('ports', () => {
  it('open and close as instruments come and go, and say how they are', async () => {
    await listen()
    const { port } = await aPort(database, 1, [{ definition: hl7 }])
    await expect.poll(() => portRow(port)).toMatchObject({ listening: true, trouble: null, connections: 0 })
    const line = await aSocket(port)
    await expect.poll(() => portRow(port)).toMatchObject({ connections: 1 })
    await database.rows('update devices.instrument set disabled = true where port = $1', [port])
    await line.closed()
    await expect.poll(() => portRow(port)).toMatchObject({ listening: false, connections: 0 })
  })

  it('that cannot be opened say why', async () => {
    const taken = await aPort(database, 1, [{ definition: hl7 }])
    const squatter = (await import('node:net')).createServer()
    await new Promise<void>((resolve) => squatter.listen(taken.port, host, resolve))
    const mixed = await aPort(database, 1, [{ definition: hl7 }, { definition: aProfile() }])
    await listen()
    expect(await portRow(taken.port)).toMatchObject({ listening: false, trouble: expect.stringContaining('Another program') })
    expect(await portRow(mixed.port)).toMatchObject({ listening: false, trouble: 'Its instruments speak different protocols' })
    squatter.close()
    await expect.poll(() => portRow(taken.port)).toMatchObject({ listening: true, trouble: null })
  })
})

describe('whose message it is', () => {
  it('is told by the address, else by the sender, else by there being one instrument only; a stranger\'s is stored for nobody', async () => {
    const sender = { at: { from: ['MSH-3'] }, matches: 'B' }
    const byAddress = await aPort(database, 1, [{ definition: hl7, peers: ['127.0.0.1'] }, { definition: hl7 }])
    const bySender = await aPort(database, 1, [{ definition: { ...hl7, sender: { ...sender, matches: 'A' } } }, { definition: { ...hl7, sender } }])
    const stranger = await aPort(database, 1, [{ definition: hl7, peers: ['10.9.8.7'] }])
    const matchesSender: typeof noTasks.matchesSender = ({ sender: named }, bytes) => Buffer.from(bytes).toString('latin1').startsWith(`MSH|^~\\&|${named?.matches}|`)
    const listeners = await startListeners(database.url, { ...noTasks, matchesSender }, { host, everyMs: 100 })
    for (const { port } of [byAddress, bySender, stranger]) {
      const line = await aSocket(port)
      line.write(`\x0bMSH|^~\\&|B||||||ORU^R01|${port}|P|2.5\r\x1c\r`)
      await line.hears(/MSA\|AA\|/)
      line.close()
    }
    await listeners.close()
    const whose = async (port: number) => (await messagesAt(database, port))[0]?.instrument_id
    expect(await whose(byAddress.port)).toBe(byAddress.instrumentIds[0])
    expect(await whose(bySender.port)).toBe(bySender.instrumentIds[1])
    expect(await whose(stranger.port)).toBeNull()
  })
})

describe('a hostile peer', () => {
  it('takes no place from those who send messages, fills no table, and holds no memory', async () => {
    const { port } = await aPort(database, 1, [{ definition: { ...hl7, link: { ...hl7.link, maxMessage: 50_000_000 } } }], await freePort())
    await listen({ mostConnections: 5, mostHeld: 20_000_000 })
    const good = hl7Analyser({ host, port })
    await good.send(hl7Results('S', 'GOOD1', new Date()))

    // More lines than there may be: idle ones give way to new ones, the good one does not.
    const idle = await Promise.all(Array.from({ length: 12 }, () => aSocket(port)))
    await new Promise((resolve) => setTimeout(resolve, 200))
    await good.send(hl7Results('S', 'GOOD2', new Date()))
    expect(good.repeats).toBe(0)
    for (const each of idle) each.close()

    // A frame that never ends.
    const flood = await aSocket(port)
    flood.write('\x0b')
    const megabyte = Buffer.alloc(1_000_000, 'x')
    for (let sent = 0; sent < 60 && !flood.socket.destroyed; sent++) {
      flood.write(megabyte)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    await flood.closed()

    // Rubbish without end.
    const rubbish = await aSocket(port)
    for (let sent = 0; sent < 200 && !rubbish.socket.destroyed; sent++) {
      rubbish.write(`\x0brubbish ${sent}\x1c\r`)
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    await rubbish.closed()
    expect((await messagesAt(database, port)).filter(({ text }) => text.startsWith('rubbish')).length).toBeLessThan(30)

    await good.send(hl7Results('S', 'GOOD3', new Date()))
    expect(good.repeats).toBe(0)
    good.close()
  })
})
