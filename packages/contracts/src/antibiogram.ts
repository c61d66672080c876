import { Type } from 'typebox'
import type { Static } from 'typebox'
import { route } from './route.ts'
import { distinct, filledLine, line, nullable, oneOf, record } from './schema.ts'
import { Count, DateOnly, FileBytes, Id, Page, dayRangeQuery, pageQuery } from './shared.ts'

const tags = ['molecular'] as const

export const antibiogramMethods = ['all', 'first-per-patient', 'episode', 'first-per-patient-and-specimen', 'phenotype-points'] as const
export const AntibiogramMethod = oneOf(antibiogramMethods)
export type AntibiogramMethod = Static<typeof AntibiogramMethod>
export const SusceptibleRule = oneOf(['S', 'SI'])
export type SusceptibleRule = Static<typeof SusceptibleRule>
export const Interpretation = oneOf(['S', 'I', 'SDD', 'R', 'NS'])
export type Interpretation = Static<typeof Interpretation>
export const OrganismGroup = oneOf(['Gram-negative', 'Gram-positive', 'Yeast', 'Other'])
export type OrganismGroup = Static<typeof OrganismGroup>
export const PatientType = oneOf(['in', 'out'])

const age = Type.Integer({ minimum: 0, maximum: 150 })
/** Which isolates are looked at, before the first of each patient is chosen among them. */
const filters = {
  ...dayRangeQuery,
  specimen: Type.Optional(line(100)),
  ward: Type.Optional(line(200)),
  patientType: Type.Optional(PatientType),
  ageFrom: Type.Optional(age),
  ageTo: Type.Optional(age),
  group: Type.Optional(OrganismGroup),
}
const question = {
  ...filters,
  method: Type.Optional(AntibiogramMethod),
  episodeDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3650, default: 365 })),
  susceptible: Type.Optional(SusceptibleRule),
}
export const AntibiogramFilters = record(filters)
export type AntibiogramFilters = Static<typeof AntibiogramFilters>
export const AntibiogramQuestion = record(question)
export type AntibiogramQuestion = Static<typeof AntibiogramQuestion>

const minimum = { minimum: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000, default: 30, description: 'fewer tested isolates are no basis for a percentage' })) }
const combine = {
  combine: Type.Optional(distinct(Type.String({ maxLength: 100, pattern: '^[1-9]\\d{0,15}(\\+[1-9]\\d{0,15}){1,3}$', description: 'ids of antibiotics given together: 12+37' }), 10)),
  allTested: Type.Optional(Type.Boolean({ description: 'combinations count only isolates that were tested for each of their drugs' })),
}

const counts = record({ S: Count, I: Count, SDD: Count, R: Count, NS: Count })
const shares = { nTested: Count, nSusceptible: Count, counts }
export const AntibiogramCell = record({
  /** Positions in `organisms` and `columns`. */
  organism: Count, column: Count, ...shares,
  tooFew: Type.Boolean(), selective: Type.Boolean({ description: 'less than 70 % of the isolates were tested' }),
})
export type AntibiogramCell = Static<typeof AntibiogramCell>
export const AntibiogramColumn = record({
  key: Type.String({ description: 'id of the antibiotic, or of several: 12+37' }), code: Type.String(), name: Type.String(), class: Type.String(),
})
export type AntibiogramColumn = Static<typeof AntibiogramColumn>
export const Antibiogram = record({
  organisms: Type.Array(record({ name: Type.String(), group: OrganismGroup, nTotal: Count })),
  columns: Type.Array(AntibiogramColumn),
  cells: Type.Array(AntibiogramCell),
  /** Positions of pairs in which the drug never works. */
  intrinsic: Type.Array(record({ organism: Count, column: Count })),
  isolates: record({ found: Count, counted: Count, surveillance: Count }),
  period: record({ from: nullable(DateOnly), to: nullable(DateOnly) }),
})
export type Antibiogram = Static<typeof Antibiogram>

export const getAntibiogram = route({
  method: 'GET', path: '/api/antibiogram', permission: 'molecular.view', tags,
  summary: 'The cumulative antibiogram of the isolates that the filters leave: counts, from which the reader makes percentages and intervals',
  query: record({ ...question, ...minimum, ...combine }), response: Antibiogram, statements: 8,
})
export const getAntibiogramCsv = route({
  method: 'GET', path: '/api/antibiogram/csv', permission: 'molecular.view', tags,
  summary: 'The same as CSV, one line per organism and antibiotic', query: record({ ...question, ...minimum, ...combine }),
  response: FileBytes, produces: 'text/csv', statements: 8,
})
export const getAntibiogramChoices = route({
  method: 'GET', path: '/api/antibiogram/choices', permission: 'molecular.view', tags,
  summary: 'What the filters can be set to', query: record({}),
  response: record({ years: Type.Array(Type.Integer()), specimens: Type.Array(Type.String()), wards: Type.Array(Type.String()), isolates: Count }), statements: 5,
})

const pair = { organism: filledLine(200), antibioticId: Id }
export const getSusceptibilityTrend = route({
  method: 'GET', path: '/api/antibiogram/trend', permission: 'molecular.view', tags,
  summary: 'One organism and antibiotic by year; firsts are chosen within each year', query: record({ ...question, ...pair }),
  response: record({ years: Type.Array(record({ year: Type.Integer(), nTotal: Count, ...shares })) }), statements: 6,
})

export const IsolateEntry = record({
  id: Id, collectedOn: DateOnly, organism: Type.String(), specimen: Type.String(), ward: Type.String(), patientType: Type.String(), sex: Type.String(),
  ageYears: nullable(Type.Integer()),
  patient: nullable(record({ id: Id, number: Type.String(), fullName: Type.String() })),
  filePatient: Type.String(), report: nullable(record({ id: Id, number: Type.String() })), importedFrom: nullable(Type.String()),
  interpretation: nullable(Interpretation), text: Type.String({ description: 'MIC or zone as read' }),
})
export type IsolateEntry = Static<typeof IsolateEntry>
export const listIsolates = route({
  method: 'GET', path: '/api/antibiogram/isolates', permission: 'molecular.isolates', tags,
  summary: 'The isolates that a cell counts, oldest first; who looked is logged',
  query: record({ ...question, ...pair, interpretation: Type.Optional(Interpretation), ...pageQuery }), response: Page(IsolateEntry), statements: 12,
})
export const exportIsolates = route({
  method: 'GET', path: '/api/antibiogram/whonet', permission: 'molecular.isolates', tags,
  summary: 'Isolates as a file for WHONET or BacLink, one line per isolate; who took it is logged',
  query: record({ ...filters, deidentify: Type.Optional(Type.Boolean({ default: true })) }), response: FileBytes, produces: 'text/csv', statements: 12,
})

const importProblem = record({ line: Count, column: Type.String(), says: Type.String() })
export const IsolateImport = record({
  columns: Type.Array(record({ column: Type.String(), becomes: oneOf(['field', 'interpretations', 'text', 'left_out']), as: Type.String() })),
  isolates: Count, alreadyThere: Count, imported: Count,
  unknownOrganisms: Type.Array(record({ name: Type.String(), isolates: Count })),
  unknownDrugs: Type.Array(Type.String()),
  problems: Type.Array(importProblem), problemCount: Count,
  refusal: nullable(Type.String({ description: 'why the file cannot be read at all' })),
})
export type IsolateImport = Static<typeof IsolateImport>
export const importIsolates = route({
  method: 'POST', path: '/api/antibiogram/import', permission: 'molecular.import', tags,
  summary: 'Import isolates from CSV or a WHONET file; a dry run says what each column becomes and which lines are refused. Lines without a problem are taken.',
  body: record({
    fileName: filledLine(200),
    contents: Type.String({ minLength: 1, maxLength: 28_000_000, pattern: '^[A-Za-z0-9+/]+={0,2}$', description: 'the file, in base64' }),
    dates: Type.Optional(oneOf(['dmy', 'mdy'])), dryRun: Type.Boolean(),
  }),
  maxBody: 30_000_000, response: IsolateImport, statements: 16,
})

export const IsolateRepair = record({ reports: Count, missing: Count, different: Count, surplus: Count })
export type IsolateRepair = Static<typeof IsolateRepair>
export const previewIsolateRepair = route({
  method: 'GET', path: '/api/antibiogram/repair', permission: 'molecular.import', tags,
  summary: 'How the isolates differ from what the signed reports say', query: record({}), response: IsolateRepair, statements: 1000,
})
export const repairIsolates = route({
  method: 'POST', path: '/api/antibiogram/repair', permission: 'molecular.import', tags,
  summary: 'Make the isolates anew from the signed reports', body: record({}), response: IsolateRepair, statements: 1000,
})
