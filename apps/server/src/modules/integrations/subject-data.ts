import { getBill } from '#modules/billing'
import { labProfile } from '#modules/labs'
import { patientOf, toPatient } from '#modules/patients'
import { accessionById, getReport } from '#modules/reports'
import type { Actor } from '#platform/auth'
import type { Reader } from '#platform/unit-of-work'

/** The record as the lab's own API answers it, without what only its screens need. */
export async function subjectData(db: Reader, actor: Actor, type: string, id: number): Promise<object> {
  switch (type) {
    case 'patient': {
      const { strictFields: _, ...patient } = toPatient(await patientOf(db, id), await labProfile(actor.labId), actor)
      return patient
    }
    case 'report': {
      const { actions: _, definition, previous: __, ...report } = await getReport(db, actor, id)
      return { ...report, test: { id: report.testId, code: definition.code, name: definition.name } }
    }
    case 'bill': return getBill(db, actor.labId, id)
    case 'accession': return accessionById(db, actor.labId, id)
    default: throw new Error(`Events about a ${type} have no data`)
  }
}

/** Whose organisation ordered it; a patient's own. */
export const organisationOf = (data: object): number | null => (data as { organisation?: { id: number } | null }).organisation?.id ?? null
