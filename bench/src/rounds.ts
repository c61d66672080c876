import { thePool } from '../../apps/server/src/platform/db/index.ts'
import type { Connection } from './load.ts'

/** Somebody to register who is like nobody else. */
export function bodyOf(n: number) {
  const word = () => Array.from({ length: 9 }, () => String.fromCharCode(97 + Math.floor(Math.random() * 26))).join('')
  const born = new Date(Date.UTC(1950, 0, 1 + Math.floor(Math.random() * 18_000)))
  const phone = `+91 9${String(Math.floor(Math.random() * 1e9)).padStart(9, '0')}`
  return { fullName: `${word()} ${word()}`, sex: n % 2 ? 'female' : 'male', birthDate: born.toISOString().slice(0, 10), phone }
}

export interface Order {
  testId: number
  patients: [low: number, high: number]
  values: { code: string; value: string }[]
}

/** Order → three results → signed, in three requests. */
export async function oneOrder(connection: Connection, { testId, patients: [low, high], values }: Order): Promise<void> {
  const patientId = low + Math.floor(Math.random() * (high - low + 1))
  const bill = await connection.send('POST', '/api/billing/bills', orderBody(patientId, testId))
  if (bill.status !== 201) throw new Error(`the bill answered ${bill.status}: ${bill.body}`)
  const [report] = (JSON.parse(bill.body) as { accession: { reports: { id: number; version: number }[] } }).accession.reports
  const saved = await connection.send('PUT', `/api/reports/${report?.id}/values`, { version: report?.version, values, complete: true })
  if (saved.status !== 200) throw new Error(`the results answered ${saved.status}: ${saved.body}`)
  const signed = await connection.send('POST', `/api/reports/${report?.id}/sign`, { version: (JSON.parse(saved.body) as { version: number }).version })
  if (signed.status !== 200) throw new Error(`signing answered ${signed.status}: ${signed.body}`)
}

export const orderBody = (patientId: number, testId: number) => ({ patientId, items: [{ kind: 'test', id: testId }], collectNow: true })

interface Definition {
  parameters: { code: string; ranges: { low: number | null; high: number | null }[] }[]
}

/** The first test of three numeric parameters, with a result for each. */
export async function threeResults(labId: number): Promise<{ testId: number; values: { code: string; value: string }[] }> {
  const { rows: [test] } = await thePool().query<{ id: number; definition: Definition }>(`
    select t.id, v.definition from catalog.test t join catalog.test_version v on v.id = t.current_version_id
    where t.lab_id = $1 and jsonb_array_length(v.definition->'parameters') = 3 and not jsonb_path_exists(v.definition, '$.parameters[*] ? (@.kind != "numeric")')
    order by t.id limit 1`, [labId])
  if (!test) throw new Error('The default catalogue has no test with three numeric parameters')
  return { testId: test.id, values: test.definition.parameters.map(({ code, ranges: [range] }) => ({ code, value: String(range?.high ?? range?.low ?? 1) })) }
}
