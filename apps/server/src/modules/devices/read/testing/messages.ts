import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { newLineReader, readLines } from '@aliquot/astm'
import type { DeviceProfile } from '@aliquot/contracts'
import { usualAstm, usualHl7 } from '../../profiles/usual.ts'
import { readMessage } from '../read-message.ts'
import type { ReadMessage } from '../read-message.ts'

export const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (sign) => sign.charCodeAt(0))
export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
export const textOf = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes)
export const recordsOf = (bytes: Uint8Array | undefined): string[] => textOf(bytes).split('\r').filter((record) => record !== '')

/** Records or segments, each ended by CR. */
export const lines = (...records: string[]): Uint8Array => latin1(records.map((record) => `${record}\r`).join(''))

export const timeZone = 'Asia/Kolkata'
export const astm = (more: Partial<DeviceProfile> = {}): DeviceProfile => ({ ...usualAstm, ...more })
export const hl7 = (more: Partial<DeviceProfile> = {}): DeviceProfile => ({ ...usualHl7, ...more })
export const read = (definition: DeviceProfile, bytes: Uint8Array): ReadMessage => readMessage(definition, bytes, { timeZone })

/** Sample, code and value of every result, as `S1 GLU 5.4`. */
export const results = ({ samples }: ReadMessage): string[] =>
  samples.flatMap(({ sampleId, results: own }) => own.map(({ testCode, value }) => `${sampleId} ${testCode} ${value}`))

const folder = process.env.ALIQUOT_DEVICE_CAPTURES ?? join(import.meta.dirname, '../../../../../../../../shared/data/devices')
/** '' where the captured sessions are; else what a test's name says of their absence. */
export const withoutCaptures = existsSync(folder) ? '' : ' (left out: no captures in ALIQUOT_DEVICE_CAPTURES)'

/** The message in a captured session, frames taken off. */
export const capture = (name: string): Uint8Array => {
  const { events } = readLines(newLineReader, readFileSync(join(folder, name)), 64_000)
  return Uint8Array.from(events.flatMap((event) => (event.kind === 'frame' ? [...event.text] : [])))
}
