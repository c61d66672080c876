import { interpretations, reportingSpecies } from '@aliquot/antibiogram'
import type { BodyOf, IsolateImport, importIsolates as contract } from '@aliquot/contracts'
import { dateOf, findColumns, FileProblem, readIsolates, readTable, type Columns, type FileIsolate, type Role, type Table } from '../isolate-file/index.ts'
import type { KnownMasters } from './known-masters.ts'
import { packResults } from './packed-results.ts'

/** An isolate of a file, as it is stored. */
export interface ImportedIsolate {
  fileIsolate: string
  filePatient: string
  number: number
  organismId: number | null
  organism: string
  species: string
  collectedOn: string
  specimen: string
  ward: string
  patientType: '' | 'in' | 'out'
  sex: string
  ageYears: number | null
  surveillance: boolean
  packed: string
  measured: object
}

export type Preview = Omit<IsolateImport, 'alreadyThere' | 'imported'>
export interface Plan {
  preview: Preview
  isolates: ImportedIsolate[]
}

const shownProblems = 100

/** What would become of a file: pure. A file that cannot be read at all is refused in the preview. */
export function planImport({ contents, dates }: BodyOf<typeof contract>, masters: KnownMasters): Plan {
  try {
    const table = readTable(Buffer.from(contents, 'base64'))
    const columns = findColumns(table)
    const { isolates, problems } = readIsolates(table, columns, dates)
    const drugs = drugsOf(columns, masters)
    const unknown = new Map<string, number>()
    const stored = numbered(isolates.flatMap((isolate) => storedFrom(isolate, { columns, drugs, masters, unknown })))
    const left = [...columns.drugs, ...columns.measured].filter(({ at }) => !drugs.has(at)).map(({ name }) => name)
    return {
      isolates: stored,
      preview: {
        columns: describeColumns(table, columns, drugs), isolates: stored.length, problems: problems.slice(0, shownProblems), problemCount: problems.length, refusal: null,
        unknownOrganisms: [...unknown].map(([name, count]) => ({ name, isolates: count })).toSorted((a, b) => b.isolates - a.isolates).slice(0, 200), unknownDrugs: left,
      },
    }
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error
    return { isolates: [], preview: { columns: [], isolates: 0, unknownOrganisms: [], unknownDrugs: [], problems: [], problemCount: 0, refusal: error.message } }
  }
}

interface Drug {
  id: number
  name: string
  method: string
}

const methods: Record<string, string> = { D: 'disk', M: 'MIC', E: 'Etest' }

/** The antibiotic of each column: `AMP_ND10` is AMP by disk. */
function drugsOf(columns: Columns, masters: KnownMasters): Map<number, Drug> {
  const drugs = new Map<number, Drug>()
  for (const { at, name } of [...columns.drugs, ...columns.measured]) {
    const [, code = name, method = ''] = /^([A-Za-z0-9]+)_[A-Z]([DME])[\d.]*$/.exec(name) ?? []
    const known = masters.antibiotics.get(name.toLowerCase()) ?? masters.antibiotics.get(code.toLowerCase())
    if (known) drugs.set(at, { ...known, method: methods[method] ?? '' })
  }
  return drugs
}

interface Reading {
  columns: Columns
  drugs: ReadonlyMap<number, Drug>
  masters: KnownMasters
  /** Organisms that no master names, with how often they came; filled by reading. */
  unknown: Map<string, number>
}

function storedFrom(isolate: FileIsolate, { columns, drugs, masters, unknown }: Reading): ImportedIsolate[] {
  const master = masters.organisms.get(isolate.organism.toLowerCase())
  const species = master?.species ?? reportingSpecies(isolate.organism)
  if (species === null || species === undefined) return []
  if (!master) unknown.set(isolate.organism, (unknown.get(isolate.organism) ?? 0) + 1)
  const field = (role: Role) => isolate.cells[columns.at[role] ?? -1] ?? ''
  const age = field('age')
  return [{
    fileIsolate: columns.at.isolate === undefined ? '' : isolate.id, filePatient: isolate.patient, number: 1,
    organismId: master?.id ?? null, organism: master?.name ?? isolate.organism, species,
    collectedOn: dateOf(isolate.day), specimen: isolate.specimen, ward: isolate.ward, patientType: patientTypeOf(field('patientType')), sex: sexOf(field('sex')),
    ageYears: /^\d{1,3}$/.test(age) && Number(age) <= 150 ? Number(age) : null, surveillance: isolate.surveillance, ...packResults(resultsOf(isolate, columns, drugs)),
  }]
}

/** One result per antibiotic: of several columns the first with an interpretation. Zones and MICs are kept as they are read. */
function resultsOf(isolate: FileIsolate, columns: Columns, drugs: ReadonlyMap<number, Drug>) {
  const results = new Map<number, { antibioticId: number; value: string; text: string; method: string }>()
  columns.drugs.forEach(({ at }, n) => {
    const drug = drugs.get(at)
    const value = interpretations[isolate.values[n] ?? 0] ?? ''
    if (drug && value !== '' && !results.has(drug.id)) results.set(drug.id, { antibioticId: drug.id, value, text: '', method: drug.method })
  })
  for (const { at } of columns.measured) {
    const drug = drugs.get(at)
    const text = isolate.cells[at] ?? ''
    if (drug && text !== '') results.set(drug.id, { ...(results.get(drug.id) ?? { antibioticId: drug.id, value: '' }), text, method: drug.method })
  }
  return [...results.values()]
}

/** Several isolates of one species under one id are told apart by their place. */
function numbered(isolates: ImportedIsolate[]): ImportedIsolate[] {
  const seen = new Map<string, number>()
  return isolates.map((isolate) => {
    const key = JSON.stringify([isolate.filePatient, isolate.fileIsolate, isolate.species, isolate.collectedOn])
    const number = (seen.get(key) ?? 0) + 1
    seen.set(key, number)
    return { ...isolate, number }
  })
}

const patientTypeOf = (text: string): '' | 'in' | 'out' => (/^(in|inp|inpatient|i|hospital)$/i.test(text) ? 'in' : /^(out|outp|outpatient|o|ambulatory)$/i.test(text) ? 'out' : '')
const sexOf = (text: string): string => (/^(f|female)$/i.test(text) ? 'female' : /^(m|male)$/i.test(text) ? 'male' : '')

function describeColumns(table: Table, columns: Columns, drugs: ReadonlyMap<number, Drug>): IsolateImport['columns'] {
  const fields = new Map(Object.entries(columns.at).map(([role, at]) => [at, role]))
  const measured = new Set(columns.measured.map(({ at }) => at))
  return table.columns.slice(0, 500).map((column, at) => {
    const [role, drug] = [fields.get(at), drugs.get(at)]
    if (role !== undefined) return { column, becomes: 'field', as: role }
    if (drug) return { column, becomes: measured.has(at) ? 'text' : 'interpretations', as: drug.name }
    return { column, becomes: 'left_out', as: '' }
  })
}
