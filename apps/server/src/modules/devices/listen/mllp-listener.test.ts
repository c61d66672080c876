import { parseMessage } from '@aliquot/hl7'
import { beforeAll, describe, expect, it } from 'vitest'
import { testDatabase, type TestDatabase } from '#platform/testing'
import { startListeners, type Listeners } from './start-listeners.ts'
import { aPort, messagesAt, type StoredMessage } from './testing/a-port.ts'
import { aProfile } from './testing/a-profile.ts'
import { aSocket } from './testing/a-socket.ts'
import { noTasks, registerReceiving } from './testing/test-tasks.ts'

let database: TestDatabase
let listeners: Listeners
let port: number

beforeAll(async () => {
  database = await testDatabase()
  registerReceiving()
  const definition = aProfile({ protocol: 'hl7', link: { frameText: 240, maxMessage: 16_000_000, tolerateChecksum: false, tolerateFrameNumber: false } })
  ;({ port } = await aPort(database, 1, [{ definition }]))
  listeners = await startListeners(database.url, noTasks, { host: '127.0.0.1', everyMs: 200, messageMs: 2000 })
  return async () => listeners.close()
})

let made = 0
const oru = (id: string, name = 'Ann', end = '\r'): string =>
  [`MSH|^~\\&|X||||||ORU^R01|${id}|P|2.5||||||UTF-8`, `PID|1||||${name}`, 'OBR|1', `OBX|1|NM|GLU||${id}.5`, ''].join(end)
const sent = (text: string): string => `\x0b${text}\x1c\r`
const bytesOf = (text: string): Buffer => Buffer.from(text, 'utf8')

const answersIn = (heard: string): string[] => heard.split('\x0b').slice(1).map((frame) => {
  const answer = parseMessage(Buffer.from(frame.slice(0, frame.indexOf('\x1c')), 'latin1'))
  return `${answer.get('MSA-1')} ${answer.get('MSA-2') ?? ''}`.trim()
})

interface Outcome {
  answers: string[]
  stored: StoredMessage[]
}

/** Sends the chunks one by one, then a last message of its own whose answer ends the wait. */
async function after(...chunks: (string | Uint8Array)[]): Promise<Outcome> {
  const before = (await messagesAt(database, port)).at(-1)?.id ?? 0
  const line = await aSocket(port)
  for (const chunk of chunks) {
    line.write(typeof chunk === 'string' ? bytesOf(chunk) : chunk)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  const last = `LAST${++made}`
  line.write(sent(oru(last)))
  const heard = await line.hears(new RegExp(`MSA\\|AA\\|${last}\\r`), 10_000)
  line.close()
  const stored = (await messagesAt(database, port)).filter(({ id, control_id: controlId }) => id > before && controlId !== last)
  return { answers: answersIn(heard).slice(0, -1), stored }
}

const shown = ({ answers, stored }: Outcome) =>
  ({ answers, stored: stored.map(({ state, control_id: id, text }) => [state, id, parsedName(text)]) })
const parsedName = (text: string): string => /PID[|#]1[|#]{4}([^\r\n]*)/.exec(Buffer.from(text, 'latin1').toString('utf8'))?.[1] ?? text

/** Ids of its own for each case, since the same bytes are the same message. */
let pair = 0
const ids = (): [string, string] => [`A${++pair}`, `B${pair}`]
const two = ([a, b]: [string, string]) => ({ answers: [`AA ${a}`, `AA ${b}`], stored: [['stored', a, 'Ann'], ['stored', b, 'Bob']] })
const one = (a: string) => ({ answers: [`AA ${a}`], stored: [['stored', a, 'Ann']] })

describe('the cases of an MLLP receiver, stored and answered', () => {
  it('1 bytes one by one', async () => {
    const [a] = ids()
    expect(shown(await after(...Array.from(sent(oru(a)))))).toEqual(one(a))
  })
  it('2 FS and CR apart', async () => {
    const [a, b] = ids()
    expect(shown(await after(sent(oru(a)).slice(0, -1), '\r', sent(oru(b, 'Bob'))))).toEqual(two([a, b]))
  })
  it('3 a character of UTF-8 apart', async () => {
    const [a] = ids()
    const bytes = bytesOf(sent(oru(a, 'Zoë')))
    const middle = bytes.indexOf(0xc3) + 1
    expect(shown(await after(bytes.subarray(0, middle), bytes.subarray(middle)))).toEqual({ answers: [`AA ${a}`], stored: [['stored', a, 'Zoë']] })
  })
  it('4 three messages in a chunk', async () => {
    const [a, b] = ids()
    const { answers, stored } = await after(sent(oru(a)) + sent(oru(b)) + sent(oru(`${b}c`)))
    expect([answers, stored.length]).toEqual([[`AA ${a}`, `AA ${b}`, `AA ${b}c`], 3])
  })
  it('5 one and a half messages in a chunk', async () => {
    const [a, b] = ids()
    const second = sent(oru(b, 'Bob'))
    expect(shown(await after(sent(oru(a)) + second.slice(0, 40), second.slice(40)))).toEqual(two([a, b]))
  })
  it('6 CR and LF between frames', async () => {
    const [a, b] = ids()
    expect(shown(await after(`${sent(oru(a))}\n\r\n${sent(oru(b, 'Bob'))}`))).toEqual(two([a, b]))
  })
  it('7 LF after a frame', async () => {
    const [a, b] = ids()
    expect(shown(await after(`${sent(oru(a))}\n`, sent(oru(b, 'Bob'))))).toEqual(two([a, b]))
  })
  it('8 garbage before the start: kept apart', async () => {
    const [a] = ids()
    expect(shown(await after(`???${a}${sent(oru(a))}`))).toEqual({ answers: [`AA ${a}`], stored: [['incomplete', null, `???${a}`], ['stored', a, 'Ann']] })
  })
  it('9 FS without CR, then the next', async () => {
    const [a, b] = ids()
    expect(shown(await after(`\x0b${oru(a)}\x1c${sent(oru(b, 'Bob'))}`))).toEqual(two([a, b]))
  })
  it('10 a frame cut off, then a new one: the fragment is kept, and never answered', async () => {
    const [a, b] = ids()
    expect(shown(await after(`\x0b${oru(a)}`, sent(oru(b, 'Bob'))))).toEqual({ answers: [`AA ${b}`], stored: [['incomplete', null, 'Ann'], ['stored', b, 'Bob']] })
  })
  it('11 no HL7 at all: refused', async () => {
    const [a] = ids()
    expect(shown(await after(sent(`hello ${a}`), sent(oru(a))))).toEqual({ answers: ['AR', `AA ${a}`], stored: [['rejected', null, `hello ${a}`], ['stored', a, 'Ann']] })
  })
  it('12 nothing in a frame: refused', async () => {
    const [a] = ids()
    expect(shown(await after(sent(''), sent(oru(a))))).toEqual({ answers: ['AR', `AA ${a}`], stored: [['rejected', null, ''], ['stored', a, 'Ann']] })
  })
  it('13 no start at all: kept, and not answered', async () => {
    const [a, b] = ids()
    expect(shown(await after(`${oru(a)}\x1c\r`, sent(oru(b, 'Bob'))))).toEqual({ answers: [`AA ${b}`], stored: [['incomplete', null, 'Ann'], ['stored', b, 'Bob']] })
  })
  it('14 segments ended by LF', async () => {
    const [a] = ids()
    expect(shown(await after(sent(oru(a, 'Ann', '\n'))))).toEqual(one(a))
  })
  it('15 segments ended by CR and LF', async () => {
    const [a] = ids()
    expect(shown(await after(sent(oru(a, 'Ann', '\r\n'))))).toEqual(one(a))
  })
  it('16 separators of its own', async () => {
    const [a] = ids()
    const { stored } = await after(sent(`MSH#$*!%#X######ORU$R01#${a}#P#2.5\rPID#1####Ann\rOBX#1#NM#GLU##7^8\r`))
    expect(stored.map(({ state, control_id: id, answer }) => [state, id, answer?.includes(`MSA#AA#${a}`)])).toEqual([['stored', a, true]])
  })
  it('17 Latin-1 as MSH-18 says', async () => {
    const [a] = ids()
    const { stored } = await after(Buffer.from(sent(oru(a, 'Jos\xe9').replace('UTF-8', '8859/1')), 'latin1'))
    expect(stored.map(({ text, answer }) => [text.includes('Jos\xe9'), answer?.includes('8859/1')])).toEqual([[true, true]])
  })
  it('18 an embedded document of 6 MB, in pieces', async () => {
    const [a] = ids()
    const bytes = bytesOf(sent(`${oru(a)}OBX|2|ED|PDF||^^PDF^Base64^${'QUJD'.repeat(1_500_000)}\r`))
    const { stored, answers } = await after(bytes)
    expect([stored[0]?.text.length, answers]).toEqual([bytes.length - 3, [`AA ${a}`]])
  })
})

describe('an MLLP line', () => {
  it('gives the same answer again when the same bytes come again, and stores them once', async () => {
    const line = await aSocket(port)
    line.write(sent(oru('TWICE')))
    const first = await line.hears(/MSA\|AA\|TWICE\r/)
    line.close()
    const again = await aSocket(port)
    again.write(sent(oru('TWICE')))
    expect(await again.hears(/MSA\|AA\|TWICE\r/)).toBe(first)
    again.close()
    const rows = (await messagesAt(database, port)).filter(({ control_id: id }) => id === 'TWICE')
    expect(rows.map(({ copies, state, instrument_id: id }) => [copies, state, id === null])).toEqual([[2, 'stored', false]])
  })

  it('keeps both where the same id comes with other bytes', async () => {
    const { answers, stored } = await after(sent(oru('SAME')), sent(oru('SAME', 'Bob')))
    expect([answers, stored.length]).toEqual([['AA SAME', 'AA SAME'], 2])
  })

  it('lets a message that came whole take the place of its fragment', async () => {
    const line = await aSocket(port)
    line.write(`\x0b${oru('WHOLE')}`)
    await expect.poll(async () => (await messagesAt(database, port)).at(-1)).toMatchObject({ state: 'incomplete', answer: null })
    line.close()
    const { answers } = await after(sent(oru('WHOLE')))
    expect(answers).toEqual(['AA WHOLE'])
    const rows = (await messagesAt(database, port)).filter(({ text }) => text.includes('WHOLE'))
    expect(rows.map(({ state, control_id: id, detail }) => [state, id, detail])).toEqual([['stored', 'WHOLE', null]])
  })

  it('does as MSH-15 and MSH-16 ask', async () => {
    const enhanced = (id: string, accept: string, application: string) => oru(id).replace('P|2.5|||', `P|2.5|||${accept}|${application}|`).replace('||||UTF-8', '||UTF-8')
    const { answers } = await after(sent(enhanced('E1', 'AL', 'NE')), sent(enhanced('E2', 'NE', 'AL')), sent(enhanced('E3', 'AL', 'AL')), sent(enhanced('E4', 'ER', 'NE')))
    expect(answers).toEqual(['CA E1', 'AA E2', 'CA E3', 'AA E3'])
  })

  it('answers each message of a batch', async () => {
    const { answers, stored } = await after(sent(`BHS|^~\\&|X\r${oru('BA')}${oru('BB', 'Bob')}BTS|2\r`))
    expect([answers, stored.map(({ control_id: id }) => id)]).toEqual([['AA BA', 'AA BB'], ['BA', 'BB']])
  })

  it('records a batch once and queues one job for the lab', async () => {
    const count = async () => (await database.rows<{ n: number }>(`select count(*) as n from platform.activity where action = 'devices.received'`))[0]?.n ?? 0
    const before = await count()
    const ten = Array.from({ length: 200 }, (_, index) => sent(oru(`M${index}`))).join('')
    const { answers } = await after(ten)
    expect(answers).toHaveLength(200)
    expect(await count() - before).toBeLessThan(40)
    expect(await database.rows(`select 1 from graphile_worker.jobs where task_identifier = 'devices.process'`)).toHaveLength(1)
  })
})
