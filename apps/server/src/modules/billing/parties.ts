import type { Ref } from '@aliquot/contracts'
import { sql } from 'kysely'
import { watchesFields } from '#modules/missing-details'
import type { FieldError } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'

type Party = Ref & { disabled: boolean }

interface Found {
  patient: BilledPatient | null
  organisation: Party | null
  doctor: Party | null
  watches: boolean
  discount: string | null
  creditLimit: number | null
  allowed: number[] | null
}

interface PartyIds {
  patientId: number
  organisationId: number | null
  doctorId: number | null
}

export interface BilledPatient {
  id: number
  number: string
  fullName: string
}

export interface Parties {
  errors: FieldError[]
  patient: BilledPatient | null
  organisation: Ref | null
  doctor: Ref | null
  /** Whether the lab watches any field for missing details. */
  watches: boolean
  discountPercent: number
  creditLimit: number | null
  /** The tests that the patient may have; null: all of them. */
  allowed: number[] | null
}

/** The patient, organisation and doctor of a bill in one statement; other labs' and disabled ones are errors at their fields. */
export async function partiesOf(tx: Tx, { patientId, organisationId, doctorId }: PartyIds): Promise<Parties> {
  const { rows: [row] } = await sql<Found>`
    select (select jsonb_build_object('id', id, 'number', number, 'fullName', full_name) from patients.pub_patient where id = ${patientId}) as patient,
      case when o.id is not null then jsonb_build_object('id', o.id, 'name', o.name, 'disabled', o.disabled) end as organisation,
      (select jsonb_build_object('id', id, 'name', name, 'disabled', disabled) from labs.pub_doctor where id = ${doctorId}) as doctor,
      ${watchesFields} as watches,
      o.discount_percent as discount, o.credit_limit as "creditLimit",
      (select a.test_ids from patients.pub_allowed_tests a where a.patient_id = ${patientId}) as allowed
    from (values (1)) as one left join labs.pub_organisation o on o.id = ${organisationId}`.execute(tx.db)
  if (!row) throw new Error('the parties were not answered')
  const { discount, ...parties } = row
  return { ...parties, errors: unknownParties({ organisationId, doctorId }, row), discountPercent: Number(discount ?? 0) }
}

function unknownParties({ organisationId, doctorId }: Omit<PartyIds, 'patientId'>, { patient, organisation, doctor }: Found): FieldError[] {
  const errors: FieldError[] = []
  const say = (path: string, message: string) => errors.push({ path, message, code: 'billing.unknown_party' })
  if (!patient) say('/patientId', 'There is no such patient')
  if (organisationId !== null && organisation?.disabled !== false) say('/organisationId', 'There is no such active organisation')
  if (doctorId !== null && doctor?.disabled !== false) say('/doctorId', 'There is no such active doctor')
  return errors
}
