import type { DeviceProfile, Predicate } from '@aliquot/contracts'
import { parseRecords } from '@aliquot/astm'
import { compileExpression } from './expression.ts'
import { compileExtract, compileExtractAll, compilePredicate } from './evaluate.ts'
import type { ReadText, Scope, Test } from './evaluate.ts'
import { measuredAt } from './measured-at.ts'
import { partOfRecord, partOfSegment } from './place.ts'
import { askedIn } from './queried.ts'
import type { Queried } from './queried.ts'
import { aloneAt } from './scan.ts'
import type { Scanned, ScannedOrder, ScannedResult } from './scan.ts'
import { scanAstm } from './scan-astm.ts'
import { parseHl7, scanHl7 } from './scan-hl7.ts'

export interface ReadMessage {
  /** `qc` where all results are of controls. Results first: a message that also asks has both, and `queried`. */
  kind: 'results' | 'query' | 'qc' | 'other'
  sender: string
  controlId: string | null
  lossy: boolean
  samples: ReadSample[]
  queried: Queried[]
  problems: string[]
}

/** Results of one order for one sample. The same sample may come again: reruns, and orders of its own for each test. */
export interface ReadSample {
  /** '' where none is said, or where it is not certain. */
  sampleId: string
  qc: boolean
  control: string | null
  level: string | null
  lot: string | null
  results: ReadResult[]
  files: { mime: string; bytes: Uint8Array; testCode: string }[]
}

export interface ReadResult {
  testCode: string
  /** As sent, unescaped. */
  value: string
  unit: string
  flags: string[]
  status: string
  measuredAt: Date | null
  comments: string[]
  /** By the profile: no result, or of a status that does not count. */
  skipped: boolean
}

/**
 * Reads a message by a profile. Never throws, whatever the bytes: what is wrong stands in `problems`, and nothing is left out because of it. Times
 * without an offset are those of the time zone. The bytes are one message, framing taken off.
 */
export const readMessage = (definition: DeviceProfile, bytes: Uint8Array, { timeZone }: { timeZone: string }): ReadMessage => {
  try {
    return readScanned(definition, definition.protocol === 'hl7' ? scanHl7(definition, bytes) : scanAstm(definition, bytes), timeZone)
  } catch (error) {
    return { kind: 'other', sender: '', controlId: null, lossy: false, samples: [], queried: [], problems: [messageOf(error)] }
  }
}

const readScanned = (definition: DeviceProfile, scanned: Scanned, timeZone: string): ReadMessage => {
  const reader = readerOf(definition)
  const samples = scanned.orders.flatMap((order) => samplesOf(reader, order, timeZone))
  const problems = [...scanned.problems]
  if (scanned.asking.length > 0 && !definition.query) problems.push('it asks for orders, and its profile does not say how to answer')
  return {
    kind: kindOf(samples, scanned),
    sender: reader.sender(scanned.header),
    controlId: scanned.controlId,
    lossy: scanned.lossy,
    samples,
    queried: askedIn(definition, scanned.asking).map(({ sampleId, raw }) => ({ sampleId, raw })),
    problems,
  }
}

/** By what a message says it comes from: the profile's place, or MSH-3 or H-5. '' where it does not say. Reads the header only. */
export const senderOf = (definition: DeviceProfile, bytes: Uint8Array): string => readerOf(definition).sender(headerOf(definition, bytes))

/** Whether the profile's sender pattern takes the message as one of its instrument's. A profile without one takes all. */
export const matchesSender = (definition: DeviceProfile, bytes: Uint8Array): boolean => {
  if (!definition.sender) return true
  return readerOf(definition).isSender(senderOf(definition, bytes))
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'cannot be read')

const headerLength = 4096

const headerOf = (definition: DeviceProfile, bytes: Uint8Array): Scope => {
  try {
    const beginning = bytes.subarray(0, headerLength)
    if (definition.protocol === 'hl7') return aloneAt([parseHl7(definition, beginning).slice(0, 1).map(({ header }) => partOfSegment(header))])
    return aloneAt([parseRecords(beginning).filter(({ type }) => type === 'H').slice(0, 1).map(partOfRecord)])
  } catch {
    return aloneAt([])
  }
}

const kindOf = (samples: readonly ReadSample[], { asking }: Scanned): ReadMessage['kind'] => {
  const filled = samples.filter(({ results, files }) => results.length + files.length > 0)
  if (filled.length > 0) return filled.every(({ qc }) => qc) ? 'qc' : 'results'
  return asking.length > 0 ? 'query' : 'other'
}

interface Reader {
  sender: ReadText
  isSender: (sender: string) => boolean
  sample: ReadText
  testCode: ReadText
  isControl: Test
  control: ReadText
  level: ReadText
  lot: ReadText
  isSkipped: Test
  alarm: ReadText
  read: (result: ScannedResult, alarms: readonly string[], timeZone: string) => ReadResult[]
}

/** Profiles are compiled once, however many messages come. */
const readers = new WeakMap<DeviceProfile, Reader>()

const readerOf = (definition: DeviceProfile): Reader => {
  const reader = readers.get(definition) ?? compile(definition)
  readers.set(definition, reader)
  return reader
}

const compile = (definition: DeviceProfile): Reader => {
  const { qc, sender } = definition
  const senderExpression = sender && compileExpression(sender.matches)
  const isSkipped = compileAny(definition.skip)
  const alarms = (definition.alarms ?? []).map(({ when, flag }) => ({ rings: compilePredicate(when), flag: compileExtract(flag) }))
  return {
    sender: compileExtract(sender?.at ?? { from: [definition.protocol === 'hl7' ? 'MSH-3' : 'H-5'] }),
    isSender: (name) => senderExpression?.test(name.slice(0, 200)) ?? false,
    sample: compileExtract(definition.sample),
    testCode: compileExtract(definition.testCode),
    isControl: compileAny(qc.when),
    control: compileExtract(qc.control),
    level: compileExtract(qc.level),
    lot: compileExtract(qc.lot),
    isSkipped,
    alarm: (scope) => alarms.find(({ rings }) => rings(scope))?.flag(scope) ?? '',
    read: compileResult(definition, isSkipped),
  }
}

const compileAny = (predicates: readonly Predicate[]): Test => {
  const tests = predicates.map(compilePredicate)
  return (scope) => tests.some((test) => test(scope))
}

const compileResult = (definition: DeviceProfile, isSkipped: Test): Reader['read'] => {
  const [testCode, status, measured] = [compileExtract(definition.testCode), compileExtract(definition.status), compileExtract(definition.measuredAt)]
  const flags = compileExtractAll(definition.flags)
  const values = [{ suffix: '', value: definition.value, unit: definition.unit }, ...definition.also ?? []]
    .map(({ suffix, value, unit }) => ({ suffix, value: compileExtract(value), unit: compileExtract(unit) }))
  return ({ scope, comments }, alarms, timeZone) => {
    const said = status(scope)
    const isWanted = said === '' || definition.wantedStatuses.length === 0 || definition.wantedStatuses.includes(said)
    const common = {
      flags: [...new Set([...flags(scope), ...alarms])], status: said, measuredAt: measuredAt(measured(scope), timeZone), comments: [...comments],
      skipped: !isWanted || isSkipped(scope),
    }
    const code = testCode(scope)
    const found = values.map((one) => ({ testCode: code + one.suffix, value: one.value(scope), unit: one.unit(scope) }))
    const filled = found.filter(({ value }) => value !== '')
    return (filled.length > 0 ? filled : found.slice(0, 1)).map((one) => ({ ...one, ...common }))
  }
}

/** One order is one sample, unless its results themselves name several, or several controls. */
const samplesOf = (reader: Reader, order: ScannedOrder, timeZone: string): ReadSample[] => {
  if (order.results.length === 0) return ofOneKind([sampleAt(reader, order.scope)])
  const rung = order.results.map(({ scope }) => reader.alarm(scope))
  const alarms = rung.filter((flag) => flag !== '')
  const own = order.results.map(({ scope }) => sampleAt(reader, scope))
  const samples: ReadSample[] = []
  for (const [index, sample] of ofOneKind(own).entries()) {
    const last = samples.at(-1)
    const same = last && isSame(last, sample) ? last : sample
    if (same !== last) samples.push(same)
    const result = order.results[index]
    if (result) addResult(reader, same, { result, isAlarm: rung[index] !== '', alarms, timeZone })
  }
  return samples
}

interface Addition {
  result: ScannedResult
  isAlarm: boolean
  alarms: readonly string[]
  timeZone: string
}

const addResult = (reader: Reader, { results, files: into }: ReadSample, { result, isAlarm, alarms, timeZone }: Addition): void => {
  const { scope, files } = result
  if (files === null || files.length === 0) {
    results.push(...reader.read(result, alarms, timeZone).map((one) => (isAlarm ? { ...one, skipped: true } : one)))
  } else if (!reader.isSkipped(scope)) into.push(...files.map((file) => ({ ...file, testCode: reader.testCode(scope) })))
}

const sampleAt = (reader: Reader, scope: Scope): ReadSample => ({
  sampleId: reader.sample(scope), qc: reader.isControl(scope),
  control: reader.control(scope) || null, level: reader.level(scope) || null, lot: reader.lot(scope) || null,
  results: [], files: [],
})

/** Where one result of a sample says that it is a control, all of its results in the order are; of what only some of them say, all have the first. */
const ofOneKind = (all: readonly ReadSample[]): ReadSample[] => {
  const controls = Map.groupBy(all, ({ sampleId }) => sampleId)
  const common = new Map([...controls].map(([sampleId, group]) => {
    const first = (key: 'control' | 'level' | 'lot'): string | null => group.find((one) => one[key] !== null)?.[key] ?? null
    return [sampleId, { qc: group.some(({ qc }) => qc), control: first('control'), level: first('level'), lot: first('lot') }]
  }))
  return all.map((one) => {
    const { qc = false, control = null, level = null, lot = null } = common.get(one.sampleId) ?? {}
    if (!qc) return { ...one, control: null, level: null, lot: null }
    return { ...one, qc, control: one.control ?? control, level: one.level ?? level, lot: one.lot ?? lot }
  })
}

const isSame = (one: ReadSample, other: ReadSample): boolean =>
  (['sampleId', 'qc', 'control', 'level', 'lot'] as const).every((key) => one[key] === other[key])
