import type { AllowedTests } from '@aliquot/contracts'
import { sql } from 'kysely'
import { platformErrors, refuseIf } from '#platform/errors'
import type { Reader, Tx } from '#platform/unit-of-work'

/** The tests that may be billed to a patient; not limited means every test of the lab. */
export async function allowedTests(db: Reader, patientId: number): Promise<AllowedTests> {
  const { rows: [row] } = await sql<{ limited: boolean; tests: AllowedTests['tests'] }>`
    select p.tests_limited as limited, (
      select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'code', t.code, 'name', t.name) order by t.name, t.id), '[]')
      from patients.allowed_test a join catalog.pub_test t on t.id = a.test_id where a.patient_id = p.id) as tests
    from patients.patient p where p.id = ${patientId}`.execute(db as never)
  if (!row) throw platformErrors.not_found({ thing: 'patient' })
  return row
}

/** Limits the tests of a patient to these; null allows all. */
export async function setAllowedTests(tx: Tx, patientId: number, testIds: readonly number[] | null): Promise<AllowedTests> {
  const patient = await tx.db.updateTable('patients.patient')
    .set((eb) => ({ tests_limited: testIds !== null, version: eb('version', '+', 1), updated_at: tx.now }))
    .where('id', '=', patientId).where('merged_into', 'is', null).returning(['id', 'number', 'full_name as fullName']).executeTakeFirst()
  if (!patient) throw platformErrors.not_found({ thing: 'patient' })
  if ((await putAllowedTests(tx, patientId, testIds)) < (testIds?.length ?? 0)) refuseIf([unknownTests('/testIds')])
  tx.record('patients.allowed_tests_set', patient, { tests: testIds?.length ?? 'all' })
  return allowedTests(tx.db as unknown as Reader, patientId)
}

export const unknownTests = (path: string) => ({ path, message: 'names a test that this lab does not have', code: 'patients.unknown_test' })

/** Replaces the list in one statement; answers how many of the tests are the lab's. */
export async function putAllowedTests(tx: Tx, patientId: number, testIds: readonly number[] | null): Promise<number> {
  const { rows: [row] } = await sql<{ found: number }>`
    with test as (
      select id from catalog.pub_test where id = any (${testIds ?? []}::bigint[])
    ), gone as (
      delete from patients.allowed_test where patient_id = ${patientId} and test_id not in (select id from test)
    ), added as (
      insert into patients.allowed_test (lab_id, patient_id, test_id) select ${tx.actor.labId}, ${patientId}, id from test on conflict do nothing
    )
    select count(*) as found from test`.execute(tx.db)
  return row?.found ?? 0
}
