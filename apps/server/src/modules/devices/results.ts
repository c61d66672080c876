import type { BodyOf, DeviceResult, HoldReason, Page, QueryOf, countDeviceResults, dismissResults as dismissContract, listDeviceResults as listContract, listUnmappedCodes as unmappedContract, ResponseOf, UnmappedCode } from '@aliquot/contracts'
import { sql, type RawBuilder } from 'kysely'
import { isTargetKey, targetNames } from '#modules/molecular'
import { previousValues } from '#modules/reports'
import { containing } from '#platform/db'
import { decodeCursor, pageOf } from '#platform/http'
import type { Reader, Tx } from '#platform/unit-of-work'
import { settleMessages } from './settle-messages.ts'

type Row = DeviceResult & { patientId: number | null; parameterId: number | null; orderedAt: Date | null }

/** Results as the contract shows them, newest first; what each patient had before in one statement more. */
export async function deviceResults(db: Reader, condition: RawBuilder<unknown>, most: number): Promise<DeviceResult[]> {
  const { rows } = await sql<Row>`
    select r.id, r.version, r.message_id as "messageId", case when i.id is null then null else jsonb_build_object('id', i.id, 'name', i.name) end as instrument,
      r.sample_id as "sampleId", r.test_code as "testCode", r.value, r.unit, r.flags, r.status, r.measured_at as "measuredAt", r.comments, r.state, r.reason, r.detail,
      case when o.id is null then null else jsonb_build_object('id', o.id, 'number', o.number, 'status', o.status, 'patient', p.full_name, 'patientNumber', p.number, 'test', t.name) end as report,
      case when r.parameter_code is null then null else jsonb_build_object('code', r.parameter_code, 'name', coalesce(c.name, r.parameter_code)) end as parameter,
      r.result, r.result_unit as "resultUnit", r.result_flag as "resultFlag", null as previous, r.received_at as "receivedAt", r.decided_at as "decidedAt",
      labs.account_ref(r.decided_by, r.decided_at) as "decidedBy", o.patient_id as "patientId", c.id as "parameterId", o.ordered_at as "orderedAt"
    from devices.result r left join devices.instrument i on i.id = r.instrument_id left join reports.pub_report o on o.id = r.report_id
      left join patients.pub_patient p on p.id = o.patient_id left join catalog.pub_test t on t.id = o.test_id
      left join catalog.pub_parameter c on c.lab_id = r.lab_id and c.code = r.parameter_code
    where ${condition} order by r.id desc limit ${most}`.execute(db as never)
  const wanted = rows.flatMap(({ id, patientId, parameterId, orderedAt }) =>
    (patientId !== null && parameterId !== null && orderedAt ? [{ reportId: id, patientId, orderedAt, parameterIds: [parameterId] }] : []))
  const previous = wanted.length > 0 ? await previousValues(db, wanted) : new Map()
  const keys = [...new Set(rows.flatMap(({ parameter }) => (parameter && isTargetKey(parameter.code) ? [parameter.code] : [])))]
  const names = keys.length > 0 ? await targetNames(db, keys) : new Map<string, string>()
  return rows.map(({ patientId: _, parameterId: __, orderedAt: ___, ...row }) => {
    const before = previous.get(row.id)?.[0]
    const { parameter } = row
    return { ...row, parameter: parameter && { code: parameter.code, name: names.get(parameter.code) ?? parameter.name }, previous: before ? { value: before.value, at: before.at } : null }
  })
}

export async function listDeviceResults(db: Reader, labId: number, query: QueryOf<typeof listContract>): Promise<Page<DeviceResult>> {
  const limit = query.limit ?? 50
  const after = decodeCursor(query.cursor, 'id')
  const like = containing(query.q ?? '')
  const rows = await deviceResults(db, sql`r.lab_id = ${labId}
    ${query.state ? sql`and r.state = any (${query.state}::text[])` : sql``}
    ${query.reason ? sql`and r.reason = any (${query.reason}::text[])` : sql``}
    ${query.instrumentId ? sql`and r.instrument_id = ${query.instrumentId}` : sql``}
    ${query.q?.trim() ? sql`and (r.sample_id ilike ${like} or r.test_code ilike ${like} or p.full_name ilike ${like})` : sql``}
    ${after ? sql`and r.id < ${after[0]}` : sql``}`, limit + 1)
  return pageOf(rows, limit, ({ id }) => [id])
}

export async function countResults(db: Reader, labId: number): Promise<ResponseOf<typeof countDeviceResults>> {
  const { rows } = await sql<{ state: string; reason: HoldReason | null; count: number }>`
    select state, reason, count(*)::int as count from devices.result where lab_id = ${labId} and state in ('waiting', 'held') group by state, reason`.execute(db as never)
  const sum = (some: { count: number }[]) => some.reduce((total, { count }) => total + count, 0)
  return {
    waiting: sum(rows.filter(({ state }) => state === 'waiting')), held: sum(rows.filter(({ state }) => state === 'held')),
    reasons: [...Map.groupBy(rows, ({ reason }) => reason)].flatMap(([reason, group]) => (reason === null ? [] : [{ reason, count: sum(group) }])).sort((a, b) => b.count - a.count),
  }
}

/** Results that nobody wants; they stay on record with the reason. */
export async function dismissResults(tx: Tx, { resultIds, reason }: BodyOf<typeof dismissContract>): Promise<{ dismissed: number }> {
  const { rows } = await sql<{ id: number; messageId: number }>`
    update devices.result set state = 'dismissed', detail = ${reason}, decided_at = ${tx.now}, decided_by = ${tx.actor.accountId}::bigint, version = version + 1
    where id = any (${resultIds}::bigint[]) and state in ('waiting', 'held') returning id, message_id as "messageId"`.execute(tx.db)
  await settleMessages(tx, [...new Set(rows.map(({ messageId }) => messageId))])
  for (const { id } of rows) tx.hint('result', id)
  if (rows.length > 0) tx.record('devices.results_dismissed', { id: rows[0]?.messageId ?? 0 }, { count: rows.length, reason })
  return { dismissed: rows.length }
}

export async function listUnmappedCodes(db: Reader, labId: number, query: QueryOf<typeof unmappedContract>): Promise<Page<UnmappedCode>> {
  const limit = query.limit ?? 50
  const after = decodeCursor(query.cursor, 'id', 'text')
  const { rows } = await sql<UnmappedCode>`
    select jsonb_build_object('id', i.id, 'name', i.name) as instrument, r.test_code as "testCode", count(*)::int as count,
      max(r.received_at) as "lastAt", (array_agg(distinct r.value))[1:5] as examples, max(r.unit) as unit
    from devices.result r join devices.instrument i on i.id = r.instrument_id
    where r.lab_id = ${labId} and r.state = 'held' and r.reason = 'unmapped_test' ${query.instrumentId ? sql`and r.instrument_id = ${query.instrumentId}` : sql``}
      ${after ? sql`and (r.instrument_id, r.test_code) > (${after[0]}, ${after[1]})` : sql``}
    group by r.instrument_id, i.id, i.name, r.test_code order by r.instrument_id, r.test_code limit ${limit + 1}`.execute(db as never)
  return pageOf(rows, limit, ({ instrument, testCode }) => [instrument.id, testCode])
}
