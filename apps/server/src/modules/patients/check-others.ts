import type { Insurance, InsuranceInput, PatientDuplicate, Ref } from '@aliquot/contracts'
import { sql } from 'kysely'
import type { LabProfile } from '#modules/labs'
import { heldPlaceholders, watchesFields } from '#modules/missing-details'
import type { FieldError } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import { unknownTests } from './allowed-tests.ts'
import type { Details } from './details.ts'
import { checkGroups, type FoundGroup } from './insurance.ts'
import { similarPatients, toDuplicates, type Likeness, type SimilarRow } from './similar-patients.ts'

type Party = (Ref & { disabled: boolean }) | null

interface Asked {
  details: Details
  known: Details | null
  likeness: Likeness
  testIds: readonly number[]
  policies: readonly InsuranceInput[]
  hadPolicies: readonly Insurance[]
}

export interface Others {
  organisation: Ref | null
  doctor: Ref | null
  duplicates: PatientDuplicate[]
  errors: FieldError[]
  /** Details that are placeholders of the lab: they need not look real. */
  placeholders: string[]
  /** Whether the lab watches any field. */
  watches: boolean
}

/**
 * Everything about other records that a registration depends on, in one statement: organisation, doctor, tests, insurance groups, similar
 * patients.
 */
export async function checkOthers(tx: Tx, { details, known, likeness, testIds, policies, hadPolicies }: Asked, lab: LabProfile): Promise<Others> {
  const { rows } = await sql<{
    theOrganisation: Party; theDoctor: Party; tests: number; groups: FoundGroup[]; placeholders: string[]; watches: boolean
  } & (SimilarRow | { id: null })>`
    select other.*, similar_patient.* from (
      select (select jsonb_build_object('id', o.id, 'name', o.name, 'disabled', o.disabled)
          from labs.pub_organisation o where o.id = ${details.organisationId}::bigint) as "theOrganisation",
        (select jsonb_build_object('id', d.id, 'name', d.name, 'disabled', d.disabled)
          from labs.pub_doctor d where d.id = ${details.doctorId}::bigint) as "theDoctor",
        (select count(*) from catalog.pub_test t where t.id = any (${testIds}::bigint[])) as tests,
        (select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name, 'disabled', g.disabled)), '[]') from labs.pub_insurance_group g
          where g.id = any (${policies.map(({ insuranceGroupId }) => insuranceGroupId)}::bigint[])) as groups,
        ${watchesFields} as watches, ${heldPlaceholders({ phone: details.phone, nationalId: details.nationalId })} as placeholders
    ) other left join (${similarPatients(likeness)}) similar_patient on true`.execute(tx.db)
  const [first] = rows
  const errors: FieldError[] = []
  const party = (path: 'organisationId' | 'doctorId', found: Party): Ref | null => {
    const id = details[path]
    if (id === null) return null
    const kind = path.slice(0, -2)
    const wrong = (message: string, code: string) => errors.push({ path: `/${path}`, message, code: `patients.${code}_${kind}` })
    if (!found) wrong('is not in the directory of this lab', 'unknown')
    // Whose organisation was disabled since stays a patient that can be corrected.
    else if (found.disabled && id !== known?.[path]) wrong(`${found.name} is disabled`, 'disabled')
    return found && { id: found.id, name: found.name }
  }
  const organisation = party('organisationId', first?.theOrganisation ?? null)
  const doctor = party('doctorId', first?.theDoctor ?? null)
  if ((first?.tests ?? 0) < testIds.length) errors.push(unknownTests('/allowedTests'))
  errors.push(...checkGroups(policies, hadPolicies, first?.groups ?? []))
  const similar = rows.flatMap((row) => (row.id === null ? [] : [row]))
  const taken = similar.find(({ sameNationalId, nationalIdType }) => sameNationalId && nationalIdType === details.nationalIdType)
  if (taken) errors.push({ path: '/nationalId', message: `is that of ${taken.fullName} (${taken.number})`, code: 'patients.national_id_taken' })
  const { watches = false, placeholders = [] } = first ?? {}
  return { organisation, doctor, duplicates: toDuplicates(similar, lab), errors, placeholders, watches }
}
