import type { MissingFieldModule } from '@aliquot/contracts'
import { sql } from 'kysely'

/** The screen where a field is mended, with the field focused. */
export function addressOf(module: MissingFieldModule, name: string, { patientId, billId }: { patientId: number; billId: number | null }): string {
  if (module === 'billing' && billId !== null) return `/bills/${billId}/edit?focus=${name}`
  return name === 'idProof' ? `/patients/${patientId}?tab=files` : `/patients/${patientId}/edit?focus=${name}`
}

/** The same in SQL, of missing_details.pub_open o. */
const addressJson = sql`case when o.module = 'billing' then '/bills/' || o.bill_id || '/edit?focus=' || o.name
  when o.name = 'idProof' then '/patients/' || o.patient_id || '?tab=files' else '/patients/' || o.patient_id || '/edit?focus=' || o.name end`

const detailJson = sql`jsonb_build_object('id', o.id, 'fieldName', o.name, 'fieldModule', o.module, 'label', o.label, 'value', o.value,
  'blocksRelease', o.blocks_release, 'url', ${addressJson})`

/**
 * The open details of a row's patient and, where it has one, of its bill, as a list of the contract's OpenDetail. For statements of others: names the
 * columns `lab`, `patient` and `bill` of theirs. Found by the partial indexes of open incidents.
 */
export function openDetailsJson({ lab, patient, bill }: { lab: string; patient?: string; bill?: string }) {
  const parts = [
    ...(patient ? [sql`
      select * from missing_details.pub_open o where o.lab_id = ${sql.ref(lab)} and o.patient_id = ${sql.ref(patient)} and o.bill_id is null`] : []),
    ...(bill ? [sql`select * from missing_details.pub_open o where o.lab_id = ${sql.ref(lab)} and o.bill_id = ${sql.ref(bill)}`] : []),
  ]
  return sql`(select coalesce(jsonb_agg(${detailJson} order by o.id), '[]') from (${sql.join(parts, sql` union all `)}) o)`
}

/** Whether a bill of a row lacks a detail; its patient's are in patients.pub_patient. */
export const billLacksDetails = (lab: string, bill: string) =>
  sql`exists (select from missing_details.pub_open o where o.lab_id = ${sql.ref(lab)} and o.bill_id = ${sql.ref(bill)})`

/** A value, unless it is the placeholder of a field of patients: a placeholder tells nobody apart. For statements that look for the same person. */
export const unlessPlaceholder = (name: 'phone' | 'nationalId' | 'birthDate', said: string | null, key: string | null) => sql<string | null>`(
  select ${key}::text where not exists (
    select from missing_details.pub_configuration c where c.module = 'patients' and c.name = ${name} and not c.disabled
      and c.match_key = trim(platform.fold(${said}::text))))`

/** Which of these details of a patient are the placeholder of their field: a JSON list of names. */
export const heldPlaceholders = (details: Partial<Record<'phone' | 'nationalId', string | null>>) => sql<string[]>`(
  select coalesce(jsonb_agg(c.name), '[]')
  from missing_details.pub_configuration c join jsonb_each_text(${JSON.stringify(details)}) said on said.key = c.name
  where c.module = 'patients' and not c.disabled and c.match_key = trim(platform.fold(said.value)))`

/** Whether the lab watches any field: asked within a statement that runs anyway, so a lab that watches none pays for nothing. */
export const watchesFields = sql<boolean>`exists (select from missing_details.pub_configuration)`
