import type { PatientDuplicate } from '@aliquot/contracts'
import { sql } from 'kysely'
import type { LabProfile } from '#modules/labs'
import { unlessPlaceholder } from '#modules/missing-details'
import { nationalIdKey, phoneKey } from './details.ts'
import { summaryColumns, toSummary, type SummaryRow } from './patient-row.ts'

/** Whom to look for. What is null or a placeholder is not compared. */
export interface Likeness {
  fullName: string
  birthDate: string | null
  phone: string | null
  nationalId: string | null
  email: string | null
  exceptPatientId: number | null
}

export interface SimilarRow extends SummaryRow {
  /** 0 to 1, by the trigrams of both names; word order makes no difference. */
  near: number
  sameBirthDate: boolean
  samePhone: boolean
  sameNationalId: boolean
  sameEmail: boolean
  nationalIdType: string | null
}

/** Names at least this near each other may be one name written twice: "Mohd Ali", "Mohammed Aly". */
const nearName = 0.4
/** Many people share a birthday of 1 January; the last registered are looked at. */
const mostCandidates = sql.lit(300)

/**
 * A query of patients who may be the same person: the same national id, or a similar name with the same birth date or phone.
 * Equality finds the candidates, each kind by its index and none twice; their limits also keep Postgres from comparing names any
 * earlier, so a million patients cost no more.
 */
export const similarPatients = (who: Likeness) => {
  const nationalId = unlessPlaceholder('nationalId', who.nationalId, nationalIdKey(who) || null)
  const phone = unlessPlaceholder('phone', who.phone, phoneKey(who.phone))
  const birthDate = sql`${unlessPlaceholder('birthDate', who.birthDate, who.birthDate)}::date`
  return sql<SimilarRow>`
    select ${summaryColumns}, p.national_id_type as "nationalIdType", match.near, match.same_id as "sameNationalId",
      coalesce(p.birth_date = ${birthDate}, false) as "sameBirthDate", coalesce(p.phone_key = ${phone}, false) as "samePhone",
      coalesce(lower(p.email) = lower(${who.email}::text), false) as "sameEmail"
    from (select platform.fold(${who.fullName}) as key offset 0) given cross join (
      (select * from patients.patient where national_id_key = ${nationalId} limit ${mostCandidates})
      union all (
        select * from patients.patient where phone_key = ${phone} and (national_id_key = ${nationalId}) is not true
        order by id desc limit ${mostCandidates})
      union all (
        select * from patients.patient
        where birth_date = ${birthDate} and (phone_key = ${phone}) is not true and (national_id_key = ${nationalId}) is not true
        order by id desc limit ${mostCandidates})
    ) p cross join lateral (
      select coalesce(p.national_id_key = ${nationalId}, false) as same_id,
        greatest(similarity(p.name_key, given.key), (p.name_key = given.key)::int::real) as near) match
    where p.merged_into is null and p.id is distinct from ${who.exceptPatientId}::bigint and (match.same_id or match.near >= ${sql.lit(nearName)})
    order by match.same_id desc, match.near desc, p.id desc limit 10`
}

/** The wire form, the likeliest first. */
export const toDuplicates = (rows: readonly SimilarRow[], lab: LabProfile): PatientDuplicate[] =>
  rows.map((row) => ({ patient: toSummary(row, lab), score: scoreOf(row), reasons: reasonsOf(row) })).sort((a, b) => b.score - a.score)

const scoreOf = ({ near, sameNationalId, sameBirthDate, samePhone }: SimilarRow): number =>
  (sameNationalId ? 1 : Math.round((near * 0.6 + (sameBirthDate ? 0.25 : 0) + (samePhone ? 0.15 : 0)) * 100) / 100)

function reasonsOf({ near, sameNationalId, sameBirthDate, samePhone, sameEmail }: SimilarRow): PatientDuplicate['reasons'] {
  const reasons: PatientDuplicate['reasons'] = []
  if (sameNationalId) reasons.push('national_id')
  if (near >= nearName) reasons.push('name')
  if (sameBirthDate) reasons.push('birth_date')
  if (samePhone) reasons.push('phone')
  if (sameEmail) reasons.push('email')
  return reasons
}
