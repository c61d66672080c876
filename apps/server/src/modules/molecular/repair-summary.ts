import type { QueryOf, ResponseOf, SummaryDifference, checkSummary as contract } from '@aliquot/contracts'
import { sql } from 'kysely'
import type { Reader, Tx } from '#platform/unit-of-work'
import { cellRows, entries, putCells, stateOf, type CellRow } from './entry-store.ts'

type Asked = QueryOf<typeof contract>
type Checked = ResponseOf<typeof contract>
/** Reports that one call looks at. */
const perCall = 500

interface Found {
  answer: Checked
  wrong: { reportId: number; rows: CellRow[] }[]
}

/** Where the stored antimicrobiograms of reports differ from what follows from their results. Changes nothing. */
export const checkSummary = async (db: Reader, asked: Asked): Promise<Checked> => (await compare(db, asked)).answer

async function compare(db: Reader, { report_id: reportId, after = 0 }: Asked): Promise<Found> {
  const condition = reportId === undefined ? sql`r.id > ${after} and r.filled and e.report_id is not null` : sql`r.id = ${reportId} and e.report_id is not null and r.filled`
  const { rows } = await entries(db, condition, perCall)
  const { rows: stored } = await sql<CellRow & { reportId: number }>`
    select report_id as "reportId", target, organism_id, antibiotic_id, sequence, name, code, category, state, genes, value, method, measured, conflict
    from molecular.resistance_result where report_id = any (${rows.map((row) => row.reportId)}::bigint[])`.execute(db as never)
  const kept = Map.groupBy(stored, (row) => row.reportId)
  const differences: SummaryDifference[] = []
  const wrong: Found['wrong'] = []
  for (const row of rows) {
    const expected = cellRows(stateOf(row))
    const found = differencesOf(row.reportId, kept.get(row.reportId) ?? [], expected, new Map(row.entry?.plan.targets.map(({ key, name }) => [key, name])))
    if (found.length > 0) wrong.push({ reportId: row.reportId, rows: expected })
    differences.push(...found)
  }
  const last = rows.at(-1)
  return { wrong, answer: { checked: rows.length, differences, repaired: 0, go_on_after: reportId === undefined && rows.length === perCall && last ? last.reportId : null } }
}

function differencesOf(reportId: number, stored: readonly CellRow[], expected: readonly CellRow[], names: ReadonlyMap<string, string>): SummaryDifference[] {
  const at = ({ target, antibiotic_id }: CellRow) => `${target}/${antibiotic_id}`
  const before = new Map(stored.map((row) => [at(row), row]))
  const after = new Map(expected.map((row) => [at(row), row]))
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [old, now] = [before.get(key), after.get(key)]
    const row = now ?? old
    const [was, is] = [old ? wordsOf(old) : null, now ? wordsOf(now) : null]
    return row && was !== is ? [{
      report_id: reportId, target: row.target, organism: names.get(row.target) ?? row.target, antibiotic_id: row.antibiotic_id, antibiotic: row.name,
      stored: was, expected: is,
    }] : []
  })
}

const wordsOf = ({ organism_id, sequence, name, code, category, state, genes, value, method, measured, conflict }: CellRow): string =>
  [state, genes.join('+'), value, measured, method, conflict ? 'conflict' : '', `${organism_id} ${name} ${code} ${category} #${sequence}`].filter(Boolean).join(' ')

/** Puts it right. What was measured is the source and stays; only what follows from it is written. A second call finds nothing. */
export async function repairSummary(tx: Tx, asked: Asked): Promise<Checked> {
  const ids = asked.report_id === undefined ? sql`report_id > ${asked.after ?? 0}` : sql`report_id = ${asked.report_id}`
  await sql`select report_id from molecular.entry where ${ids} order by report_id limit ${perCall} for update`.execute(tx.db)
  const { answer, wrong } = await compare(tx.reader, asked)
  if (wrong.length > 0) await sql`with ${putCells(tx, wrong)} select`.execute(tx.db)
  tx.record('molecular.summary_repaired', { id: asked.report_id ?? 0 }, { reports: wrong.length, cells: answer.differences.length })
  return { ...answer, repaired: answer.differences.length }
}
