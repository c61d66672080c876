import { beforeAll, describe, expect, it } from 'vitest'
import { anActiveTest } from '../catalog/testing.ts'
import { watch } from '../missing-details/testing.ts'
import { modules } from '../../modules.ts'
import type { Actor } from '#platform/auth'
import { countStatements } from '#platform/db'
import { registerModules } from '#platform/module'
import { testDatabase, type TestDatabase } from '#platform/testing'
import { read, type Reader } from '#platform/unit-of-work'
import { sql } from 'kysely'
import { countWorklist } from './count-worklist.ts'
import { listAccessions } from './list-accessions.ts'
import { listWorklist } from './list-worklist.ts'
import { aBench, anOrder } from './testing.ts'

// A year of a busy lab in small: nearly all reports are signed long ago, a few hundred wait.
const accessions = 25_000
let database: TestDatabase
let admin: Actor
let organisation: Actor

beforeAll(async () => {
  database = await testDatabase()
  registerModules(modules)
  admin = (await aBench()).admin
  const order = await anOrder(admin, [(await anActiveTest(admin)).id])
  organisation = { ...admin, kind: 'organisation', organisationId: 77 }
  await database.rows(`
    insert into reports.accession (lab_id, number, patient_id, bill_id, bill_number, organisation_id, priority, ordered_at)
    select lab_id, 'X' || n, patient_id, n, 'B' || n, case when n % 500 = 0 then 77 end, 'routine', now() - n * interval '20 minutes'
    from reports.accession, generate_series(1, ${accessions}) n where id = ${order.id}`)
  await database.rows(`
    insert into reports.report (lab_id, number, accession_id, patient_id, bill_id, bill_item_id, test_id, test_version_id, department_id,
      organisation_id, status, priority,
      ordered_at, due_at, required_sign_rank)
    select a.lab_id, a.number || '-' || k, a.id, a.patient_id, a.bill_id, a.id * 2 + k, r.test_id, r.test_version_id, r.department_id,
      a.organisation_id,
      case when a.id < 300 then 'received' else 'signed' end, (array['stat', 'urgent', 'routine'])[1 + a.id % 3], a.ordered_at,
        a.ordered_at + interval '2 hours', 1
    from reports.accession a, reports.report r, generate_series(1, 2) k where r.accession_id = ${order.id} and a.id <> ${order.id}`)
  // A fifth of the bills and many other patients lack a detail, in this lab and in another.
  await watch(admin, 'billing.notes', 'to ask')
  await database.rows(`
    insert into missing_details.incident (lab_id, configuration_id, patient_id, patient_number, patient_name, bill_id, bill_number, value, match_key,
      state, created_at, opened_at, opened_by, updated_at)
    select c.lab_id, c.id, n + kind, 'P', 'P', case kind when 0 then n end, 'B', 'to ask', 'to ask', 'open', now(), now(), '{}', now()
    from missing_details.configuration c, generate_series(1, ${accessions}, 5) n, generate_series(0, 900000, 100000) as kind`)
  await database.rows('analyze')
})

/** What Postgres did for a list, with row-level security as the actor sees it. */
async function planOf(actor: Actor, list: (db: Reader) => Promise<unknown>): Promise<string> {
  const { sent } = await countStatements(() => read(actor, list), true)
  const statement = sent?.find(({ text }) => text.includes('reports.'))
  if (!statement) throw new Error('the list sent no statement')
  return read(actor, async (db) => {
    const plan = await sql<{ 'QUERY PLAN': string }>`${explained(statement.text, statement.values)}`.execute(db as never)
    return plan.rows.map((row) => row['QUERY PLAN']).filter((line) => line.includes(' Scan ') && !line.includes('never executed')).join('\n')
  })
}

const explained = (text: string, values: readonly unknown[]) => {
  const parts = `explain (analyze, costs off, timing off, summary off) ${text}`.split(/\$(\d+)/)
  return sql.join(parts.map((part, index) => (index % 2 ? sql.val(values[Number(part) - 1]) : sql.raw(part))), sql``)
}

const worklist = (query: Parameters<typeof listWorklist>[2]) => (db: Reader) => listWorklist(db, admin.labId, query)
const noScan = /Seq Scan on (report|accession|incident)\b/

describe('with 50,000 reports', () => {
  it.each([
    ['open ones', {}], ['open ones of a department', { departmentId: 1 }], ['received ones', { status: ['received' as const] }],
    ['signed ones', { status: ['signed' as const] }], ['all of a patient', { patientId: 1, status: ['signed' as const, 'received' as const] }],
  ])('the first page of %s comes from an index', async (_, query) => {
    const plan = await planOf(admin, worklist(query))
    expect(plan).not.toMatch(noScan)
    expect(plan).toMatch(/Index (Only )?Scan using report_/)
  })

  it('so do the second page, the counts and the accessions', async () => {
    const first = await read(admin, worklist({ limit: 50 }))
    expect(first.items).toHaveLength(50)
    expect(await planOf(admin, worklist({ limit: 50, cursor: first.next! }))).not.toMatch(noScan)
    expect(await planOf(admin, (db) => countWorklist(db, admin.labId, {}))).not.toMatch(noScan)
    expect(await planOf(admin, (db) => listAccessions(db, admin.labId, {}))).not.toMatch(noScan)
  })

  it('whether details are missing is looked up row by row, and the flag says so', async () => {
    const plan = await planOf(admin, worklist({ status: ['signed'] }))
    expect(plan).toMatch(/incident_open_bill/)
    expect(plan).toMatch(/incident_(open|of)_patient/)
    const { items } = await read(admin, worklist({ status: ['signed'], limit: 200 }))
    expect(new Set(items.map(({ has_missing_fields }) => has_missing_fields)).size).toBe(2)
  })

  it('an organisation pages through its own alone', async () => {
    expect(await planOf(organisation, worklist({ status: ['signed'], organisationId: 77 }))).not.toMatch(noScan)
    expect(await planOf(organisation, (db) => listAccessions(db, admin.labId, { organisationId: 77 }))).not.toMatch(noScan)
  })
})
