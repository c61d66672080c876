export type AgeUnit = 'hours' | 'days' | 'months' | 'years'

export interface Age {
  value: number
  unit: AgeUnit
}

export type Sex = 'male' | 'female' | 'other' | 'unknown'

/** One row of a range table. `from` is inclusive and `to` exclusive. All limits are inclusive: a value equal to a limit does not cross it. */
export interface ReferenceRange {
  sex: 'any' | 'male' | 'female'
  from: Age
  /** null: no end */
  to: Age | null
  low: number | null
  high: number | null
  criticalLow: number | null
  criticalHigh: number | null
  /** printed instead of the limits */
  text: string | null
  /** coded values that count as normal */
  normal: string[]
}

export interface Choice {
  value: string
  flag: 'normal' | 'abnormal' | 'critical'
}

export interface Parameter {
  code: string
  name: string
  heading: string | null
  loinc: string | null
  kind: 'numeric' | 'coded' | 'text' | 'calculated'
  /** UCUM */
  unit: string
  displayUnit: string
  decimals: number
  choices: Choice[]
  formula: string | null
  formulaSource: string | null
  ranges: ReferenceRange[]
  optional: boolean
  plausible: { low: number; high: number } | null
}

export interface SpecimenNeed {
  type: string
  container: string
  volumeMl: number | null
}

/** 1 table of parameters, 2 narrative, 3 culture, 4 file input, 5 components (organisms, genes, antibiotics) */
export type FormatType = 1 | 2 | 3 | 4 | 5

export interface TestDefinition {
  code: string
  name: string
  shortName: string
  loinc: string | null
  department: string
  formatType: FormatType
  method: string | null
  specimen: SpecimenNeed
  turnaroundMinutes: number
  requiredSignRank: number
  parameters: Parameter[]
  notes: string | null
  interpretation: string | null
}

export type Flag = 'normal' | 'low' | 'high' | 'critical_low' | 'critical_high' | 'abnormal' | 'critical' | 'unjudged'
