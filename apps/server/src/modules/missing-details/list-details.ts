import type { ActorRef, MissingDetail, MissingDetailState, MissingFieldCategory, MissingFieldModule, Ref } from '@aliquot/contracts'
import { sql, type RawBuilder } from 'kysely'
import { labProfile } from '#modules/labs'
import { decodeCursor, pageOf, type Page } from '#platform/http'
import type { Reader } from '#platform/unit-of-work'
import { addressOf } from './addresses.ts'
import { twice } from './spellings.ts'

/** What a list is narrowed by. Days are those of the lab's zone on which an incident was opened. */
export interface DetailFilters {
  cursor?: string
  limit?: number
  isResolved?: boolean
  state?: MissingDetailState
  module?: MissingFieldModule
  fieldName?: string
  patientId?: number
  billId?: number
  organisationId?: number
  from?: string
  to?: string
}

interface Row {
  id: number
  module: MissingFieldModule
  name: string
  category: MissingFieldCategory
  label: string
  value: string
  state: MissingDetailState
  blocksRelease: boolean
  patientId: number
  patientNumber: string
  patientName: string
  billId: number | null
  billNumber: string | null
  organisation: Ref | null
  createdAt: Date
  openedAt: Date
  openedBy: ActorRef
  updatedAt: Date
  resolvedAt: Date | null
  resolvedBy: ActorRef | null
  key: string
}

/** Incidents in the actor's reach, the last opened first, in one statement. Open ones of a disabled field rest, and are left out. */
export async function listDetails(db: Reader, labId: number, filters: DetailFilters): Promise<Page<MissingDetail>> {
  const { timezone } = await labProfile(labId)
  const limit = filters.limit ?? 50
  const { rows } = await sql<Row>`
    select i.id, t.module, t.name, t.category, t.label, i.value, i.state, c.blocks_release as "blocksRelease", i.patient_id as "patientId",
      i.patient_number as "patientNumber", i.patient_name as "patientName", i.bill_id as "billId", i.bill_number as "billNumber",
      (select jsonb_build_object('id', o.id, 'name', o.name) from labs.pub_organisation o where o.id = i.organisation_id) as organisation,
      i.created_at as "createdAt", i.opened_at as "openedAt", i.opened_by as "openedBy", i.updated_at as "updatedAt",
      i.resolved_at as "resolvedAt", i.resolved_by as "resolvedBy", i.opened_at::text as key
    from missing_details.incident i join missing_details.configuration c on c.id = i.configuration_id
      join missing_details.template t on t.id = c.template_id
    where i.lab_id = ${labId} and (i.state <> 'open' or not c.disabled) ${conditions(filters, timezone)}
    order by i.opened_at desc, i.id desc limit ${limit + 1}`.execute(db as never)
  const { items, next } = pageOf(rows, limit, ({ key, id }) => [key, id])
  return { items: items.map(wireOf), next }
}

function conditions(filters: DetailFilters, timezone: string): RawBuilder<unknown> {
  const after = decodeCursor(filters.cursor, 'time', 'id')
  const day = (text: string, plus: string) => sql`((${text}::date + ${plus}::interval) at time zone ${timezone})`
  const parts: RawBuilder<unknown>[] = []
  if (filters.isResolved !== undefined) parts.push(filters.isResolved ? sql`i.state <> 'open'` : sql`i.state = 'open'`)
  if (filters.state) parts.push(filters.state === 'open' ? sql`i.state = 'open'` : sql`i.state = ${filters.state}`)
  if (filters.module) parts.push(sql`t.module = ${filters.module}`)
  if (filters.fieldName) parts.push(sql`t.name = ${filters.fieldName}`)
  if (filters.patientId) parts.push(sql`i.patient_id = ${filters.patientId}`)
  if (filters.billId) parts.push(sql`i.bill_id = ${filters.billId}`)
  if (filters.organisationId) parts.push(sql`i.organisation_id = ${filters.organisationId}`)
  if (filters.from) parts.push(sql`i.opened_at >= ${day(filters.from, '0 days')}`)
  if (filters.to) parts.push(sql`i.opened_at < ${day(filters.to, '1 day')}`)
  if (after) parts.push(sql`(i.opened_at, i.id) < (${after[0]}::timestamptz, ${after[1]})`)
  return parts.length > 0 ? sql`and ${sql.join(parts, sql` and `)}` : sql``
}

function wireOf(row: Row): MissingDetail {
  const byDoctor = row.resolvedBy?.kind === 'doctor'
  return {
    id: row.id, label: row.label, state: row.state, blocksRelease: row.blocksRelease, organisation: row.organisation,
    openedAt: row.openedAt.toISOString(), openedBy: row.openedBy,
    patient: { id: row.patientId, number: row.patientNumber, fullName: row.patientName },
    bill: row.billId === null ? null : { id: row.billId, number: row.billNumber ?? '' },
    url: addressOf(row.module, row.name, row),
    ...twice({
      fieldName: row.name, fieldModule: row.module, fieldCategory: row.category, fieldValue: row.value, isResolved: row.state !== 'open',
      createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString(), resolvedAt: row.resolvedAt?.toISOString() ?? null,
      resolvedByLabUser: byDoctor ? null : row.resolvedBy, resolvedByDoctor: byDoctor ? row.resolvedBy : null,
      userDetailsId: row.patientId, billId: row.billId,
    }),
  }
}
