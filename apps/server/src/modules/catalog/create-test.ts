import type { BodyOf, createTest as route } from '@aliquot/contracts'
import { actorRef } from '#platform/auth'
import { platformErrors } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import { departmentOf, unknownDepartment } from './department-of.ts'
import { testOf, type UnpricedTest } from './get-test.ts'
import { headerOf } from './test-header.ts'

/** A new test is a draft: nobody can order it before it is activated. */
export async function createTest(tx: Tx, { definition, price }: BodyOf<typeof route>): Promise<UnpricedTest> {
  const { department } = definition
  const departmentId = await departmentOf(tx.reader, department)
  if (departmentId === null) {
    throw platformErrors.invalid_input({}, { errors: [unknownDepartment('/definition/department', department)] })
  }
  const test = await tx.db.insertInto('catalog.test').values({
    lab_id: tx.actor.labId, ...headerOf(definition, departmentId), status: 'draft', price,
    draft: JSON.stringify(definition), draft_at: tx.now, draft_by: actorRef(tx.actor), changed_at: tx.now,
  }).returning(['id', 'code', 'name']).executeTakeFirstOrThrow()
  tx.record('catalog.test_created', test, { price })
  return testOf(tx.reader, test.id)
}
