import { buildMessage, encodeFrame } from '@aliquot/astm'
import { beforeAll, describe, expect, it } from 'vitest'
import { testDatabase, type TestDatabase } from '#platform/testing'
import { startListeners } from '../listen/start-listeners.ts'
import { aPort, messagesAt } from '../listen/testing/a-port.ts'
import { aProfile } from '../listen/testing/a-profile.ts'
import { noTasks, registerReceiving } from '../listen/testing/test-tasks.ts'
import { readCapture } from './capture.ts'
import { faultsOf } from './faults.ts'
import { hl7Results } from './made-up.ts'
import { simulate, type Simulation } from './simulate.ts'

let database: TestDatabase
let ports: Record<'hl7' | 'astm', number>

beforeAll(async () => {
  database = await testDatabase()
  registerReceiving()
  const [hl7, astm] = [await aPort(database, 1, [{ definition: aProfile({ protocol: 'hl7' }) }]), await aPort(database, 1, [{ definition: aProfile() }])]
  ports = { hl7: hl7.port, astm: astm.port }
  const listeners = await startListeners(database.url, noTasks, { host: '127.0.0.1' })
  return () => listeners.close()
})

const play = async (protocol: 'hl7' | 'astm', more: Partial<Simulation> = {}): Promise<string[]> => {
  const said: string[] = []
  await simulate({
    protocol, host: '127.0.0.1', port: ports[protocol], capture: null, samples: ['SIM-1'], count: 1, query: false, fault: null, rate: null, ...more,
  }, (line) => said.push(line))
  return said
}
const stored = async (protocol: 'hl7' | 'astm', text: string) =>
  (await messagesAt(database, ports[protocol])).filter((row) => row.state === 'stored' && row.text.includes(text))

describe('the simulators', () => {
  it.each(['hl7', 'astm'] as const)('say what was sent and answered: %s', async (protocol) => {
    const said = await play(protocol, { samples: ['SIM-A', 'SIM-B'], count: 2 })
    expect(said.filter((line) => line.startsWith('→'))).toHaveLength(4)
    expect(said.filter((line) => line.startsWith('←') && /MSA\|AA|ACK/.test(line))).toHaveLength(4)
    expect(said.at(-1)).toMatch(/^4 messages in/)
  })

  it.each([
    ...faultsOf.hl7.map((fault) => ['hl7', fault] as const), ...faultsOf.astm.filter((fault) => fault !== 'nak' && fault !== 'contention').map((fault) => ['astm', fault] as const),
  ])('%s with the fault %s is stored once', async (protocol, fault) => {
    const sample = `${protocol}-${fault}`
    await play(protocol, { samples: [sample], fault })
    expect(await stored(protocol, sample)).toHaveLength(1)
  })

  it('refuses a fault that the protocol cannot have', async () => {
    await expect(play('hl7', { fault: 'checksum' })).rejects.toThrow('hl7 knows the faults')
  })

  it('replays a captured session', async () => {
    const text = buildMessage([{ type: 'H' }, { type: 'P' }, { type: 'O', fields: { 3: 'CAPTURED' } }, { type: 'L' }])
    await play('astm', { capture: Buffer.concat([Buffer.from([5]), encodeFrame(1, text.subarray(0, 9), false), encodeFrame(2, text.subarray(9), true), Buffer.from([4])]) })
    expect(await stored('astm', 'CAPTURED')).toHaveLength(1)
  })
})

describe('captured sessions', () => {
  const text = Buffer.from('H|\\^&|||X\rP|1\rL|1|N\r')
  const oru = Buffer.from(hl7Results('S', 'C1', new Date(0)))
  it.each([
    ['frames of ASTM', 'astm', Buffer.concat([encodeFrame(1, text, true), encodeFrame(2, text, true)]), [text, text]],
    ['bare records', 'astm', Buffer.concat([text, text]), [text, text]],
    ['MLLP', 'hl7', Buffer.concat([Buffer.from('\x0b'), oru, Buffer.from('\x1c\r')]), [oru]],
    ['bare HL7', 'hl7', Buffer.concat([oru, oru]), [oru, oru]],
  ] as const)('are read: %s', (_, protocol, bytes, messages) => {
    const capture = readCapture(bytes)
    expect([capture.protocol, capture.messages.map((message) => Buffer.from(message).toString('latin1'))])
      .toEqual([protocol, messages.map((message) => message.toString('latin1'))])
  })
  it('must hold a message', () => {
    expect(() => readCapture(Buffer.from('nothing'))).toThrow('no message')
  })
})
