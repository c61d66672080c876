import type { BodyOf, saveDraft as route } from '@aliquot/contracts'
import { actorRef } from '#platform/auth'
import { refuseIf, type FieldError } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import { departmentOf, unknownDepartment } from './department-of.ts'
import { catalogErrors } from './errors.ts'
import { testOf, type UnpricedTest } from './get-test.ts'
import { lockTest } from './lock-test.ts'
import { headerOf } from './test-header.ts'

/** Writes the draft. An active test stays as it is until the draft is activated; one that never was active shows its draft. */
export async function saveDraft(tx: Tx, testId: number, { version, definition }: BodyOf<typeof route>): Promise<UnpricedTest> {
  const test = await lockTest(tx, testId, version)
  if (test.status === 'retired') throw catalogErrors.test_retired()
  const departmentId = await departmentOf(tx.reader, definition.department)
  const errors: FieldError[] = []
  if (departmentId === null) errors.push(unknownDepartment('/definition/department', definition.department))
  // Instruments, integrations and old reports know an active test by its code.
  if (test.status === 'active' && definition.code !== test.code) {
    errors.push({ path: '/definition/code', message: `The test was active as ${test.code}: its code stays`, code: 'catalog.code_fixed' })
  }
  refuseIf(errors)
  await tx.db.updateTable('catalog.test').where('id', '=', testId).set({
    version: version + 1, draft: JSON.stringify(definition), draft_at: tx.now, draft_by: actorRef(tx.actor), changed_at: tx.now,
    ...(test.status === 'draft' && departmentId !== null ? headerOf(definition, departmentId) : {}),
  }).execute()
  tx.record('catalog.draft_saved', { id: testId, code: definition.code, name: definition.name })
  return testOf(tx.reader, testId)
}
