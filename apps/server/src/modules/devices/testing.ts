import { createHash } from 'node:crypto'
import type { DeviceProfile, Instrument, TestMapping } from '@aliquot/contracts'
import { sql } from 'kysely'
import type { Actor } from '#platform/auth'
import { change } from '#platform/unit-of-work'
import { createInstrument } from './instruments.ts'
import { createProfile } from './profiles.ts'

let made = 0

/** How a plain HL7 analyser speaks: the sample in OBR-3, a result in each OBX. */
export const hl7Profile = (tests: TestMapping[], more: Partial<DeviceProfile> = {}): DeviceProfile => ({
  protocol: 'hl7', charset: null, sender: null, link: { frameText: 64_000, maxMessage: 10_000_000, tolerateChecksum: false, tolerateFrameNumber: false },
  sample: { from: ['OBR-3.1', 'OBR-2.1'] }, testCode: { from: ['OBX-3.1'] }, value: { from: ['OBX-5'] }, unit: { from: ['OBX-6.1'] }, flags: { from: ['OBX-8'] },
  status: { from: ['OBX-11'] }, wantedStatuses: ['', 'F', 'C'], measuredAt: { from: ['OBX-14', 'OBR-7'] }, skip: [],
  qc: { when: [{ path: 'MSH-11', equals: ['Q'] }], control: { from: ['OBR-3.1'] }, level: { from: ['OBR-3.2'] }, lot: { from: ['OBR-3.3'] } },
  tests, words: [{ from: 'NEG', to: 'Negative' }, { from: '****', to: null }], holdFlags: ['*', 'CLOT'],
  query: { dialect: 'hl7_qry', sample: { from: ['QRD-8.1'] }, testCode: '{code}', noOrder: 'empty', actionCode: '' }, ...more,
})

export async function anInstrument(actor: Actor, definition: DeviceProfile, more: Partial<Instrument> = {}): Promise<Instrument> {
  const number = ++made
  const profile = await change(actor, (tx) => createProfile(tx, { name: `Profile ${number}`, definition }))
  return change(actor, (tx) => createInstrument(tx, { code: `I${number}`, name: `Analyser ${number}`, profileId: profile.id, port: 20_000 + Math.floor(Math.random() * 40_000), autoRelease: true, ...more }))
}

/** One result of an ORU message: code, value, unit, flags, status. */
export type Line = [code: string, value: string, unit?: string, flags?: string, status?: string]

let control = 0

export function oru(sampleId: string, lines: readonly Line[], { id = `M${++control}`, processing = 'P', more = [] as string[] } = {}): string {
  return [
    `MSH|^~\\&|ANALYSER|LAB|LIS|LAB|20261121100000||ORU^R01|${id}|${processing}|2.3.1`, 'PID|1', `OBR|1||${sampleId}|^PANEL|||20261121095500`,
    ...lines.map(([code, value, unit = '', flags = '', status = 'F'], index) => `OBX|${index + 1}|NM|${code}||${value}|${unit}||${flags}|||${status}|||20261121095600`), ...more, '',
  ].join('\r')
}

/** As the listener stores it, without a line. Answers the message's id. */
export async function store(actor: Actor, instrument: Pick<Instrument, 'id' | 'port' | 'profile'> | null, text: string): Promise<number> {
  const bytes = Buffer.from(text)
  return change(actor, async (tx) => {
    const { rows: [row] } = await sql<{ id: number }>`
      insert into devices.message (lab_id, port, peer, protocol, received_at, bytes, sha256, instrument_id, state)
      values (${actor.labId}, ${instrument?.port ?? 1}, '127.0.0.1', ${instrument?.profile.protocol ?? 'hl7'}, ${tx.now}, ${bytes},
        ${createHash('sha256').update(bytes).digest('hex')}, ${instrument?.id ?? null}::bigint, 'stored')
      on conflict on constraint message_once do update set copies = devices.message.copies + 1 returning id`.execute(tx.db)
    tx.record('devices.received', { id: row?.id ?? 0 }, { count: 1, peer: '127.0.0.1' })
    return row?.id ?? 0
  })
}
