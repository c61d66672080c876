import type { Reader, Tx } from '#platform/unit-of-work'

export interface NewDepartment {
  code: string
  name: string
  requiredSignRank?: number
  radiology?: boolean
}

/** The lab's departments, code → id. */
export async function departmentIds(db: Reader | Tx['db']): Promise<Map<string, number>> {
  const rows = await (db as Reader).selectFrom('labs.department').select(['code', 'id']).orderBy('sequence').orderBy('id').execute()
  return new Map(rows.map(({ code, id }) => [code, id]))
}

/** Makes sure that the lab has these departments, in this sequence; those it has already stay as they are. Answers code → id of all. */
export async function createDepartments(tx: Tx, departments: readonly NewDepartment[]): Promise<Map<string, number>> {
  if (departments.length > 0) {
    const created = await tx.db.insertInto('labs.department').values(departments.map(({ code, name, requiredSignRank = 1, radiology = false }, index) => ({
      lab_id: tx.actor.labId, code, name, required_sign_rank: requiredSignRank, sequence: (index + 1) * 10, radiology,
    }))).onConflict((conflict) => conflict.doNothing()).returning(['id', 'code', 'name']).execute()
    for (const department of created) tx.record('labs.department_created', department)
  }
  return departmentIds(tx.db)
}
