import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bytesOfLatin1 } from './bytes.ts'
import { parseRecords, printRecords } from './records.ts'
import type { AstmRecord } from './records.ts'
import { chunksOf, joined, random } from './testing/chunks.ts'
import { receive } from './testing/receive.ts'
import type { Received } from './testing/receive.ts'
import { resultsOf, treesOf } from './tree.ts'
import type { MessageTree, ScopedResult } from './tree.ts'

const folder = process.env.ALIQUOT_DEVICE_CAPTURES ?? join(import.meta.dirname, '../../../../shared/data/devices')
const missing = existsSync(folder) ? '' : ' (left out: no captures in ALIQUOT_DEVICE_CAPTURES)'

/** The session of a capture, which holds frames only. */
const session = (name: string): Uint8Array => joined(new Uint8Array([5]), readFileSync(join(folder, name)), new Uint8Array([4]))

const chunkings = (bytes: Uint8Array): Uint8Array[][] =>
  [[bytes], chunksOf(bytes, 1), ...[1, 2, 3, 4, 5].map((seed) => chunksOf(bytes, 300, random(seed)))]

/** The one message of a capture, the same at every chunking. */
const only = (name: string, options = {}): { received: Received; tree: MessageTree; results: ScopedResult[]; records: AstmRecord[] } => {
  const [received, ...others] = chunkings(session(name)).map((chunks) => receive(chunks, options))
  if (!received) throw new Error('no chunking')
  const { messages, terminated, incomplete } = received
  for (const other of others) expect({ ...other, notes: [] }).toEqual({ ...received, notes: [] })
  expect([messages.length, terminated, incomplete]).toEqual([1, [true], []])
  const bytes = bytesOfLatin1(messages[0] ?? '')
  const records = parseRecords(bytes)
  expect(printRecords(records)).toEqual(bytes)
  const [tree, ...more] = treesOf(records)
  if (!tree || more.length > 0) throw new Error('not one message')
  return { received, tree, results: resultsOf(tree), records }
}

describe.skipIf(missing !== '')(`real sessions, at every chunking${missing}`, () => {
  it('cobas c111: ETB after whole records', () => {
    const { received, tree, results } = only('cobas_c111.astm')
    expect(received.answers).toEqual([6, 6, 6, 6, 6, 6, 6, 6])
    expect(tree.problems).toEqual([])
    expect(results.map(({ order, result }) => [order?.get('O-4.1'), order?.get('O-4.3'), result.get('R-3.4'), result.get('R-4'), result.get('R-5')]))
      .toEqual([['T20 10134GA D28', '6', '413', '40.13', 'g/L']])
    expect(results[0]?.attached.map(({ type }) => type)).toEqual(['C', 'M'])
    expect(results[0]?.attached[1]?.all('M-5').length).toBeGreaterThan(10)
  })

  it('cobas c311: the whole message in one frame longer than 240', () => {
    const { received, tree, results } = only('cobas_c311.astm')
    expect(received.answers).toEqual([6, 6])
    expect(tree.problems).toEqual([])
    expect(results.map(({ result, attached }) => [result.get('R-3.4'), result.get('R-4'), attached[0]?.get('C-4')])).toEqual([
      ['685/', '22.4', '43'], ['687/', '15.0', '0'], ['712/', '4.1', '0'], ['735/', '1.6', '0'], ['717/', '5.85', '0'], ['690/', '34', '43'],
    ].toSpliced(3, 0, ['158/', '301', '0']))
    expect(results[0]?.order?.all('O-5.4')).toEqual(['685/', '687/', '712/', '158/', '735/', '717/', '690/'])
    expect(results[0]?.order?.get('O-3.2').trim()).toBe('CL-PL-24-0370')
  })

  it('Yumizen H500: edited frames, refused unless the profile tolerates them', () => {
    const strict = receive([session('yumizen_h500.astm')])
    expect([strict.messages.length, strict.incomplete.length]).toEqual([0, 1])
    expect(strict.answers).toContain(0x15)

    const { received, tree, results } = only('yumizen_h500.astm', { tolerate: { checksum: true, number: true } })
    expect(received.notes.filter((note) => note.startsWith('tolerated')).length).toBeGreaterThan(0)
    expect(tree.problems).toEqual([])
    expect(tree.header?.record.get('H-12')).toBe('Q')
    const [patient] = tree.children
    expect(patient?.children.map(({ record, attached }) => [record.get('O-3'), record.get('O-16.1'), attached.map(({ type }) => type).join('')]))
      .toEqual([['PX440N', 'CTRL', 'CCMMMM']])
    expect(results.length).toBe(21)
    expect(results.find(({ result }) => result.get('R-3.4') === 'HGB')?.result.get('R-4')).toBe('13.3')
    expect(patient?.attached).toEqual([])
  })
})
