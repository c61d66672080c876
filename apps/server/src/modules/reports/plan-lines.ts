import type { OrderedTest } from './order-reports.ts'
import { specimenLetter } from './specimen-letter.ts'

/** A report to be inserted, as the statement that orders takes it. */
export interface Line {
  place: number
  letter: string | null
  /** The specimen does not exist yet. */
  fresh: boolean
  type: string | null
  container: string | null
  test_id: number
  version_id: number
  department_id: number
  is_file: boolean
  by_sections: boolean
  due_at: string
  rank: number
  bill_item_id: number
}

export interface SpecimenInUse {
  letter: string
  type: string
  container: string
  usable: boolean
}

/** Which test goes into which container: tests that share specimen type and container share the specimen. Pure. */
export function planLines(tests: OrderedTest[], now: Date, known: { reports: number; specimens: SpecimenInUse[] }): Line[] {
  const letters = new Map<string, { letter: string; fresh: boolean }>()
  for (const { letter, type, container, usable } of known.specimens) if (usable) letters.set(`${type}\n${container}`, { letter, fresh: false })
  let used = known.specimens.length
  return tests.map(({ test, billItemId }, index): Line => {
    const { type, container } = test.specimen
    const key = `${type}\n${container}`
    const needsOne = Boolean(type && container)
    if (needsOne && !letters.has(key)) letters.set(key, { letter: specimenLetter(used++), fresh: true })
    const specimen = needsOne ? letters.get(key) : undefined
    return {
      place: known.reports + index + 1, letter: specimen?.letter ?? null, fresh: specimen?.fresh ?? false, type: specimen ? type : null,
        container: specimen ? container : null,
      test_id: test.testId, version_id: test.versionId, department_id: test.departmentId, is_file: test.formatType === 4,
      by_sections: test.formatType === 5,
      due_at: new Date(now.getTime() + test.turnaroundMinutes * 60_000).toISOString(), rank: test.requiredSignRank, bill_item_id: billItemId,
    }
  })
}
