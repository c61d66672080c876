import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Code } from './shared.ts'
import { filledLine, filledList, line, list, nullable, oneOf, record } from './schema.ts'
import { ParameterCode } from './catalog-definition.ts'

export const DeviceProtocol = oneOf(['hl7', 'astm', 'astm_unframed'])
export type DeviceProtocol = Static<typeof DeviceProtocol>

/**
 * Where something stands: segment or record, field, repetition, component, subcomponent: `OBR-3.1`, `O-3[2].1`. Read from the present result
 * outwards: of several `O` or `OBR`, the one that the result belongs to.
 */
export const ValuePath = Type.String({ maxLength: 24, pattern: '^[A-Z][A-Z0-9]{0,2}-[0-9]{1,3}(\\[[0-9]{1,2}\\])?(\\.[0-9]{1,2}){0,2}$' })
/** A JavaScript regular expression; texts longer than 200 characters are cut before it sees them. */
const Expression = Type.String({ minLength: 1, maxLength: 120 })

const predicateFields = {
  path: ValuePath,
  equals: Type.Optional(filledList(line(80), 40)),
  matches: Type.Optional(Expression),
  empty: Type.Optional(Type.Boolean()),
}
const Condition = record(predicateFields)
/** Read it not from the present result but from the first result of the same order of which this holds: `OBX-5` where `OBX-3.1` is `QC_LOT`. */
const where = Type.Optional(Condition)

/**
 * The first of these places that is not empty; of it what the expression's first group matches (or all that it matches), without white space around.
 * With `join`, all of the places with that between them, the empty ones at the end left out. For flags all places count, with all their repetitions.
 */
export const Extract = record({
  from: filledList(ValuePath, 6),
  match: Type.Optional(Expression),
  dropLeadingZeros: Type.Optional(Type.Boolean()),
  join: Type.Optional(line(4)),
  where,
})
export type Extract = Static<typeof Extract>

/** True when the place, or one of its repetitions, holds one of the words, or matches, or is (not) empty, and all under `and` hold as well. */
export const Predicate = record({ ...predicateFields, where, and: Type.Optional(list(Condition, 4)) })
export type Predicate = Static<typeof Predicate>

/** What the instrument calls a test, and which parameter that is; null: known, and not wanted. The value is multiplied by the factor. */
export const TestMapping = record({
  code: filledLine(80),
  parameter: nullable(ParameterCode),
  test: Type.Optional(Code),
  unit: Type.Optional(line(40)),
  factor: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 1e9 })),
})
export type TestMapping = Static<typeof TestMapping>

/** How one model of instrument speaks, as data. */
export const DeviceProfile = record({
  protocol: DeviceProtocol,
  charset: nullable(line(40)),
  /** By what a message says it comes from: needed where several instruments share a port. */
  sender: nullable(record({ at: Extract, matches: Expression })),
  link: record({
    frameText: Type.Integer({ minimum: 1, maximum: 64_000, description: 'characters in one frame' }),
    maxMessage: Type.Integer({ minimum: 1000, maximum: 64_000_000, description: 'bytes' }),
    tolerateChecksum: Type.Boolean(),
    tolerateFrameNumber: Type.Boolean(),
  }),
  sample: Extract,
  testCode: Extract,
  value: Extract,
  unit: nullable(Extract),
  /** Further values in the same record, each a result of its own under the test code with the suffix: the cut-off index beside `reactive`. */
  also: Type.Optional(list(record({ suffix: filledLine(20), value: Extract, unit: nullable(Extract) }), 5)),
  flags: nullable(Extract),
  status: nullable(Extract),
  /** Statuses of results that count; empty: all. */
  wantedStatuses: list(line(4), 20),
  measuredAt: nullable(Extract),
  /** What is in the message but no result: histograms, parameters of the run. */
  skip: list(Predicate, 40),
  /** Results that are alarms about all results of their order: no results themselves, they are flags of the others. */
  alarms: Type.Optional(list(record({ when: Predicate, flag: Extract }), 10)),
  /** A sample is a control when one of these holds of one of its results. */
  qc: record({ when: list(Predicate, 20), control: nullable(Extract), level: nullable(Extract), lot: nullable(Extract) }),
  tests: list(TestMapping, 500),
  /** Words of the instrument for values of ours; null: no result, which a person must look at. */
  words: list(record({ from: line(80), to: nullable(line(80)) }), 200),
  /** Flags of the instrument with which no result is released by itself. */
  holdFlags: list(line(40), 100),
  query: nullable(record({
    dialect: oneOf(['astm', 'hl7_qry', 'hl7_qbp', 'hl7_orm']),
    sample: Extract,
    /** With `{code}` for the instrument's code: `^^^{code}`. */
    testCode: line(80),
    /** How "no order for this sample" is said. */
    noOrder: oneOf(['terminator', 'order_y', 'order_z', 'empty']),
    actionCode: line(2),
    /** ASTM: an order record for each test, rather than one with all of them. */
    perTest: Type.Optional(Type.Boolean()),
    /** ASTM messages that the host begins: field, repeat, component and escape delimiter. An answer has those of its query. */
    delimiters: Type.Optional(Type.String({ pattern: '^[!#-/:-@[-`{-~]{4}$' })),
    /**
     * Fields of what the host sends that differ from the usual. In the text `\\` stands between repetitions and `^` between components, whatever the
     * message has; {sample} {code} {number} {name} {sex} {birth} {specimen} {time} are the order's, and paths such as {Q-3.2} are read from the
     * query. A path alone copies the field with its components.
     */
    put: Type.Optional(list(record({ at: ValuePath, text: line(120) }), 40)),
  })),
})
export type DeviceProfile = Static<typeof DeviceProfile>
