import fc from 'fast-check'
import type { IsolateRow } from '../isolates.ts'

export const drugs = ['AMX', 'CIP', 'GEN']

/** Few patients, species and days, so that the rules about firsts have something to decide. */
export const someRows: fc.Arbitrary<IsolateRow[]> = fc.array(fc.record({
  patient: fc.constantFrom('A', 'B', 'C'),
  organism: fc.constantFrom('Escherichia coli', 'Klebsiella pneumoniae', 'no growth'),
  day: fc.integer({ min: 0, max: 40 }),
  specimen: fc.constantFrom('urine', 'blood'),
  stratum: fc.constantFrom('', 'ICU'),
  values: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: drugs.length, maxLength: drugs.length }),
}), { maxLength: 40 }).map((rows) => rows.map((row, id) => ({ ...row, id })))
