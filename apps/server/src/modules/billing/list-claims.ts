import type { Claim, QueryOf, exportClaims as exportContract, listClaims as contract } from '@aliquot/contracts'
import { dateIn } from '@aliquot/lab-arithmetic'
import { sql } from 'kysely'
import { labProfile } from '#modules/labs'
import { viewed } from '#platform/activity'
import type { Actor } from '#platform/auth'
import { FileAnswer, decodeCursor, pageOf, type Page } from '#platform/http'
import { now, read, type Reader } from '#platform/unit-of-work'
import { claimJson } from './claim-row.ts'
import { csvOf } from './csv.ts'

type Filter = Omit<QueryOf<typeof exportContract>, 'cursor' | 'limit'>

const conditions = (labId: number, { q, from, to, status, insuranceGroupId, patientId, ids }: Filter, zone: string) => sql`c.lab_id = ${labId}
  ${from ? sql`and c.created_at >= (${from}::date::timestamp at time zone ${zone})` : sql``}
  ${to ? sql`and c.created_at < ((${to}::date + 1)::timestamp at time zone ${zone})` : sql``}
  ${status ? sql`and c.status = any (${status}::text[])` : sql``}
  ${insuranceGroupId ? sql`and c.insurance_group_id = ${insuranceGroupId}` : sql``}
  ${patientId ? sql`and c.patient_id = ${patientId}` : sql``}
  ${ids ? sql`and c.id = any (${ids}::bigint[])` : sql``}
  ${q?.trim() ? sql`and c.id in (select subject_id from platform.search(${q}, array['claim'], 500))` : sql``}`

/** Claims in one statement, newest first. */
export async function listClaims(db: Reader, labId: number, { cursor, limit = 50, ...filter }: QueryOf<typeof contract>): Promise<Page<Claim>> {
  const { timezone } = await labProfile(labId)
  const after = decodeCursor(cursor, 'time', 'id')
  const { rows } = await sql<{ claim: Claim; key: string }>`
    with page as materialized (
      select c.* from billing.claim c where ${conditions(labId, filter, timezone)}
        ${after ? sql`and (c.created_at, c.id) < (${after[0]}::timestamptz, ${after[1]})` : sql``}
      order by c.created_at desc, c.id desc limit ${limit + 1}
    )
    select ${claimJson} as claim, c.created_at::text as key from page c order by c.created_at desc, c.id desc`.execute(db as never)
  const { items, next } = pageOf(rows, limit, ({ key, claim }) => [key, claim.id])
  return { items: items.map(({ claim }) => claim), next }
}

const mostExported = 5000

interface Exported extends Claim {
  payerId: string | null
  birthDate: string
  icd: { code: string }[]
}

/** A batch of claims as a table for the insurer, the oldest first. That they were given out is logged, claim by claim. */
export async function exportClaims(actor: Actor, filter: Filter): Promise<FileAnswer> {
  const { timezone } = await labProfile(actor.labId)
  const claims = await read(actor, async (db) => {
    const { rows } = await sql<{ claim: Exported }>`
      select ${claimJson} || jsonb_build_object('payerId', g.payer_id, 'birthDate', p.birth_date, 'icd', b.icd) as claim
      from billing.claim c join billing.bill b on b.id = c.bill_id join labs.pub_insurance_group g on g.id = c.insurance_group_id
        join patients.pub_patient p on p.id = c.patient_id
      where ${conditions(actor.labId, filter, timezone)} order by c.id limit ${mostExported}`.execute(db as never)
    return rows.map(({ claim }) => claim)
  })
  await viewed(actor, 'billing.claim_viewed', claims.map((claim) => ({ id: claim.id, number: claim.number, patientId: claim.patient.id })))
  const day = (at: string | null) => at && dateIn(timezone, new Date(at))
  const rows = claims.map((claim) => [
    claim.number, claim.status, claim.insuranceGroup.name, claim.payerId, claim.policyNumber, claim.relation, claim.holderName ?? claim.patient.fullName,
    claim.patient.number, claim.patient.fullName, claim.birthDate, claim.bill.number, day(claim.bill.orderedAt),
    claim.icd.map(({ code }) => code).join(' '), claim.currency, major(claim.bill.total, claim.currency), major(claim.amount, claim.currency),
    major(claim.approved, claim.currency), major(claim.settled, claim.currency), day(claim.submittedAt), claim.submissions, claim.payerReference,
    claim.reason,
  ])
  const name = `claims-${day(now().toISOString())}.csv`
  return new FileAnswer(Buffer.from(csvOf([header, ...rows])), 'text/csv; charset=utf-8', name, 'attachment')
}

const header = [
  'Claim', 'Status', 'Insurance group', 'Payer id', 'Policy number', 'Relation', 'Policy holder', 'Patient number', 'Patient', 'Birth date', 'Bill',
  'Bill date', 'ICD-10', 'Currency', 'Bill total', 'Claimed', 'Approved', 'Settled', 'Submitted', 'Submissions', 'Payer reference', 'Reason',
]

/** 1050 minor units of INR → "10.50", as tables take it in any language. */
function major(amount: number | null, currency: string): string | null {
  if (amount === null) return null
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  const text = String(amount).padStart(digits + 1, '0')
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`
}
