import { Type } from 'typebox'
import type { Static } from 'typebox'
import { filledLine, line, list, nullable, oneOf, record, text } from './schema.ts'
import { Age, Code, SignRank } from './shared.ts'

/** Same shapes as in @aliquot/lab-arithmetic, which judges results by them. */

const Limit = Type.Number({ minimum: -1e12, maximum: 1e12 })
const Loinc = Type.String({ pattern: '^[0-9]{1,7}-[0-9]$' })
/** Starts with a letter and has no dots or dashes, so that formulas can name it. */
export const ParameterCode = Type.String({ pattern: '^[A-Z][A-Z0-9_]{0,31}$' })

export const ReferenceRange = record({
  sex: oneOf(['any', 'male', 'female']),
  from: Age,
  to: nullable(Age),
  low: nullable(Limit),
  high: nullable(Limit),
  criticalLow: nullable(Limit),
  criticalHigh: nullable(Limit),
  text: nullable(text(300)),
  normal: list(filledLine(120), 50),
})
export type ReferenceRange = Static<typeof ReferenceRange>

export const Choice = record({ value: filledLine(120), flag: oneOf(['normal', 'abnormal', 'critical']) })
export type Choice = Static<typeof Choice>

export const Parameter = record({
  code: ParameterCode,
  name: filledLine(120),
  heading: nullable(filledLine(120)),
  loinc: nullable(Loinc),
  kind: oneOf(['numeric', 'coded', 'text', 'calculated']),
  unit: line(40),
  displayUnit: line(40),
  decimals: Type.Integer({ minimum: 0, maximum: 6 }),
  choices: list(Choice, 200),
  formula: nullable(line(1000)),
  formulaSource: nullable(text(500)),
  ranges: list(ReferenceRange, 100),
  optional: Type.Boolean(),
  plausible: nullable(record({ low: Limit, high: Limit })),
})
export type Parameter = Static<typeof Parameter>

export const SpecimenNeed = record({
  type: filledLine(60), container: filledLine(80), volumeMl: nullable(Type.Number({ exclusiveMinimum: 0, maximum: 5000 })),
})
export type SpecimenNeed = Static<typeof SpecimenNeed>

/** 1 table of parameters, 2 narrative, 3 culture, 4 file input, 5 components: organisms, genes and antibiotics. */
export const FormatType = Type.Enum([1, 2, 3, 4, 5], { type: 'integer' })
export type FormatType = Static<typeof FormatType>

export const TestDefinition = record({
  code: Code,
  name: filledLine(160),
  shortName: filledLine(40),
  loinc: nullable(Loinc),
  department: Code,
  formatType: FormatType,
  method: nullable(line(200)),
  specimen: SpecimenNeed,
  turnaroundMinutes: Type.Integer({ minimum: 1, maximum: 525_600 }),
  requiredSignRank: SignRank,
  parameters: list(Parameter, 300),
  notes: nullable(text(4000)),
  interpretation: nullable(text(8000)),
})
export type TestDefinition = Static<typeof TestDefinition>
