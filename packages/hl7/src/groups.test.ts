import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitBatch } from './batch.ts'
import { oruGroups } from './groups.ts'
import { parseMessage } from './message.ts'
import type { Segment } from './segment.ts'
import { bytesOf, sampleOru, textOf } from './testing/samples.ts'

const messageOf = (type: string, ...lines: string[]) => parseMessage(`MSH|^~\\&|A||||||${type}|1\r${lines.join('\r')}\r`)

const shape = (segment?: Segment): string => segment?.raw ?? '-'

const tree = (type: string, ...lines: string[]): unknown => oruGroups(messageOf(type, ...lines)).map((patient) => ({
  [shape(patient.pid)]: patient.orders.map((order) =>
    [shape(order.orc), shape(order.obr), ...order.specimens.map(shape), ...order.observations.map(({ obx }) => shape(obx))].join(' ')),
}))

describe('oruGroups', () => {
  it('reads patients, orders, observations and notes', () => {
    const [patient, ...others] = oruGroups(parseMessage(sampleOru))
    expect(others).toEqual([])
    expect(patient?.pid?.get('3.1')).toBe('P-1001')
    expect(patient?.orders.length).toBe(1)
    const [order] = patient?.orders ?? []
    expect([order?.orc?.get('2'), order?.obr?.get('2')]).toEqual(['S-77', 'S-77'])
    expect(order?.observations.map(({ obx, notes }) => [obx.get('5'), notes.map((note) => note.get('3'))]))
      .toEqual([['13.4', ['Repeated\ntwice']], ['6.1', []]])
  })

  it('never moves a result to another order or patient', () => {
    expect(tree('ORU^R01', 'PID|1', 'OBR|1', 'OBX|1', 'PID|2', 'PV1|1', 'OBR|2', 'OBX|2', 'PID|3', 'OBX|3'))
      .toEqual([{ 'PID|1': ['- OBR|1 OBX|1'] }, { 'PID|2': ['- OBR|2 OBX|2'] }, { 'PID|3': ['- - OBX|3'] }])
    expect(tree('ORU^R01', 'OBR|1', 'OBR|2', 'OBX|1', 'ORC|3', 'OBR|3', 'OBR|4'))
      .toEqual([{ '-': ['- OBR|1', '- OBR|2 OBX|1', 'ORC|3 OBR|3', '- OBR|4'] }])
    expect(tree('ORU^R01', 'OBX|1')).toEqual([{ '-': ['- - OBX|1'] }])
    expect(tree('ACK', 'MSA|AA|1')).toEqual([])
  })

  it('reads orders', () => {
    expect(tree('ORM^O01', 'NTE|0', 'PID|1', 'NTE|1', 'ORC|1', 'OBR|1', 'NTE|2', 'ORC|2', 'TQ1|1', 'OBR|2'))
      .toEqual([{ 'PID|1': ['ORC|1 OBR|1', 'ORC|2 OBR|2'] }])
    expect(tree('RSP^K11', 'MSA|AA', 'QAK|1', 'QPD|x', 'PID|1', 'ORC|1', 'OBR|1', 'SPM|1')).toEqual([{ 'PID|1': ['ORC|1 OBR|1 SPM|1'] }])
  })

  it('gives specimens that come first to all their orders', () => {
    expect(tree('OML^O33', 'PID|1', 'SPM|1', 'ORC|1', 'OBR|1', 'ORC|2', 'OBR|2', 'SPM|2', 'ORC|3', 'OBR|3'))
      .toEqual([{ 'PID|1': ['ORC|1 OBR|1 SPM|1', 'ORC|2 OBR|2 SPM|1', 'ORC|3 OBR|3 SPM|2'] }])
    expect(tree('OUL^R22', 'SPM|1', 'SAC|1', 'OBR|1', 'ORC|1', 'OBX|1', 'TCD|1', 'OBR|2', 'ORC|2', 'OBX|2', 'SPM|2'))
      .toEqual([{ '-': ['ORC|1 OBR|1 SPM|1 OBX|1', 'ORC|2 OBR|2 SPM|1 OBX|2', '- - SPM|2'] }])
  })

  it('puts every segment of a group into one place', () => {
    const lines = fc.array(fc.constantFrom('PID', 'PV1', 'NTE', 'ORC', 'OBR', 'OBX', 'SPM', 'TCD', 'ZZZ'), { maxLength: 30 })
    fc.assert(fc.property(lines, fc.constantFrom('ORU', 'OUL'), (names, type) => {
      const message = messageOf(type, ...names.map((name, index) => `${name}|${index}`))
      const found = oruGroups(message).flatMap((patient) => [patient.pid, patient.visit, ...patient.notes, ...patient.others,
        ...patient.orders.flatMap((order) => [order.orc, order.obr, ...order.specimens, ...order.notes, ...order.others,
          ...order.observations.flatMap(({ obx, notes, others }) => [obx, ...notes, ...others])])])
      const places = found.filter((segment) => segment !== undefined)
      const first = message.segments().findIndex(({ name }) => !['MSH', 'NTE', 'TCD', 'ZZZ'].includes(name))
      expect(new Set(places)).toEqual(new Set(first < 0 ? [] : message.segments().slice(first)))
      const single = places.filter(({ name }) => name !== 'SPM')
      expect(new Set(single).size).toBe(single.length)
    }))
  })
})

describe('splitBatch', () => {
  const split = (text: string): string[] => splitBatch(bytesOf(text)).map(textOf)

  it('cuts a batch into messages', () => {
    expect(split(`FHS|^~\\&\rBHS|^~\\&\r${sampleOru}${sampleOru}BTS|2\rFTS|1\r`)).toEqual([sampleOru, sampleOru])
    expect(split(sampleOru)).toEqual([sampleOru])
    expect(split(`\n${sampleOru}`)).toEqual([sampleOru])
  })

  it('leaves nothing out', () => {
    expect(split(`words\r${sampleOru}`)).toEqual(['words\r', sampleOru])
    expect(split('words')).toEqual(['words'])
    expect(split('')).toEqual([])
  })
})
