import type { ActivityEntry, ActorKind } from '@aliquot/contracts'
import { sql, type RawBuilder } from 'kysely'
import { containing } from '../db/index.ts'
import { decodeCursor, encodeCursor, type Page } from '../http/cursor.ts'
import type { Reader } from '../unit-of-work/index.ts'

export interface ActivityFilter {
  cursor?: string
  limit?: number
  /** Days, both included, in `zone`. */
  from?: string
  to?: string
  /** IANA name of the zone in which days are read; UTC unless given. */
  zone?: string
  q?: string
  /** One patient, or a patient and the records that were merged into it. */
  patientId?: number | readonly number[]
  reportId?: number
  subjectType?: string
  subjectId?: number
  accountId?: number
  category?: number
  action?: string
}

interface Row extends Omit<ActivityEntry, 'at' | 'actor' | 'subject' | 'detail'> {
  at: Date
  actorKind: ActorKind
  actorId: number | null
  actorName: string
  subjectType: string
  subjectId: number
  detail: Record<string, unknown>
}

/** Entries of the activity log that pass the filter, newest first. */
export async function activityOf(db: Reader, filter: ActivityFilter): Promise<Page<ActivityEntry>> {
  const limit = filter.limit ?? 50
  const { rows } = await sql<Row>`
    select a.id, a.at, a.actor_kind as "actorKind", a.actor_id as "actorId", a.actor_name as "actorName", a.action, a.category,
      a.subject_type as "subjectType", a.subject_id as "subjectId", a.patient_id as "patientId", a.message, a.detail, a.request_id as "requestId",
      coalesce((a.xid, a.id) <= (seal.last_xid, seal.last_id), false) as sealed
    from platform.activity a
    left join (select last_xid, last_id from platform.activity_seal order by sequence desc limit 1) seal on true
    where ${sql.join(conditions(filter), sql` and `)}
    order by a.id desc limit ${limit + 1}`.execute(db as never)
  const items = rows.slice(0, limit).map(toEntry)
  return { items, next: rows.length > limit ? encodeCursor([items.at(-1)?.id ?? 0]) : null }
}

function conditions({ cursor, from, to, zone = 'UTC', q, patientId, reportId, subjectType, subjectId, accountId, category, action }: ActivityFilter): RawBuilder<unknown>[] {
  const after = decodeCursor(cursor, 'id')
  const all = [sql`true`]
  if (after) all.push(sql`a.id < ${after[0]}::bigint`)
  if (typeof patientId === 'number') all.push(sql`a.patient_id = ${patientId}`)
  else if (patientId !== undefined) all.push(sql`a.patient_id = any (${patientId}::bigint[])`)
  if (reportId !== undefined) all.push(sql`a.subject_type = 'report' and a.subject_id = ${reportId}`)
  if (subjectType !== undefined) all.push(sql`a.subject_type = ${subjectType}`)
  if (subjectId !== undefined) all.push(sql`a.subject_id = ${subjectId}`)
  if (accountId !== undefined) all.push(sql`a.actor_id = ${accountId}`)
  if (category !== undefined) all.push(sql`a.category = ${category}`)
  if (action !== undefined) all.push(sql`a.action = ${action}`)
  if (from !== undefined) all.push(sql`a.at >= (${from}::date)::timestamp at time zone ${zone}`)
  if (to !== undefined) all.push(sql`a.at < (${to}::date + 1)::timestamp at time zone ${zone}`)
  if (q !== undefined && q.trim() !== '') all.push(sql`a.message ilike ${containing(q)}`)
  return all
}

const toEntry = ({ at, actorKind, actorId, actorName, subjectType, subjectId, detail, ...row }: Row): ActivityEntry => ({
  ...row, at: at.toISOString(), actor: { id: actorId, name: actorName, kind: actorKind }, subject: { type: subjectType, id: subjectId },
  detail: Object.keys(detail).length > 0 ? detail : null,
})
