import type { BodyOf, Page, QcLot, QcPoint, QueryOf, ResponseOf, createQcLot as createContract, getQcChart as chartContract, listQcLots as listContract, updateQcLot as updateContract } from '@aliquot/contracts'
import { sql, type RawBuilder } from 'kysely'
import { labProfile } from '#modules/labs'
import { platformErrors, refuseIf } from '#platform/errors'
import { decodeCursor, pageOf } from '#platform/http'
import type { Reader, Tx } from '#platform/unit-of-work'

const states: Record<string, QcLot['state']> = { ok: 'in_control', warning: 'warning', reject: 'out_of_control' }

async function lots(db: Reader, condition: RawBuilder<unknown>, most: number): Promise<QcLot[]> {
  const { rows } = await sql<QcLot & { verdict: string | null }>`
    select l.id, l.version, l.instrument_id as "instrumentId", l.parameter, l.control, l.level, l.lot, l.unit, l.mean, l.sd, l.valid_from as "validFrom", l.valid_to as "validTo",
      l.disabled, jsonb_build_object('id', i.id, 'name', i.name) as instrument, last.verdict, last.at as "lastAt"
    from devices.qc_lot l join devices.instrument i on i.id = l.instrument_id left join lateral (
      select verdict, at from devices.qc_result q where q.lot_id = l.id order by at desc, id desc limit 1) last on true
    where ${condition} order by l.id desc limit ${most}`.execute(db as never)
  return rows.map(({ verdict, ...lot }) => ({ ...lot, state: states[verdict ?? ''] ?? 'no_results' }))
}

export async function listQcLots(db: Reader, labId: number, { cursor, limit = 50, disabled, instrumentId }: QueryOf<typeof listContract>): Promise<Page<QcLot>> {
  const after = decodeCursor(cursor, 'id')
  const rows = await lots(db, sql`l.lab_id = ${labId} ${disabled === undefined ? sql`` : sql`and l.disabled = ${disabled}`}
    ${instrumentId ? sql`and l.instrument_id = ${instrumentId}` : sql``} ${after ? sql`and l.id < ${after[0]}` : sql``}`, limit + 1)
  return pageOf(rows, limit, ({ id }) => [id])
}

async function oneLot(db: Reader, id: number): Promise<QcLot> {
  const [lot] = await lots(db, sql`l.id = ${id}`, 1)
  if (!lot) throw platformErrors.not_found({ thing: 'control lot' })
  return lot
}

export async function createQcLot(tx: Tx, body: BodyOf<typeof createContract>): Promise<QcLot> {
  const { rows: [known] } = await sql`select 1 from devices.instrument where id = ${body.instrumentId}`.execute(tx.db)
  refuseIf(known ? [] : [{ path: '/instrumentId', message: 'names no instrument of this lab', code: 'platform.not_found' }])
  const { id } = await tx.db.insertInto('devices.qc_lot').values({
    lab_id: tx.actor.labId, instrument_id: body.instrumentId, parameter: body.parameter, control: body.control, level: body.level, lot: body.lot, unit: body.unit,
    mean: body.mean, sd: body.sd, valid_from: body.validFrom, valid_to: body.validTo ?? null,
  }).returning('id').executeTakeFirstOrThrow()
  tx.record('devices.lot_created', { id }, { control: body.control, lot: body.lot })
  return oneLot(tx.reader, id)
}

export async function updateQcLot(tx: Tx, id: number, { version, ...body }: BodyOf<typeof updateContract>): Promise<QcLot> {
  const { rows: [row] } = await sql<{ version: number; control: string; lot: string }>`select version, control, lot from devices.qc_lot where id = ${id} for update`.execute(tx.db)
  if (!row) throw platformErrors.not_found({ thing: 'control lot' })
  if (row.version !== version) throw platformErrors.stale_version({ thing: 'control lot' })
  const { instrumentId, validFrom, validTo, ...rest } = body
  await tx.db.updateTable('devices.qc_lot').set({
    ...rest, version: version + 1, ...(instrumentId === undefined ? {} : { instrument_id: instrumentId }),
    ...(validFrom === undefined ? {} : { valid_from: validFrom }), ...(validTo === undefined ? {} : { valid_to: validTo }),
  }).where('id', '=', id).execute()
  tx.record('devices.lot_changed', { id }, { control: row.control, lot: row.lot, fields: Object.keys(body).join(', ') })
  return oneLot(tx.reader, id)
}

const point = sql`q.id, q.at, q.value, q.z, q.verdict, q.rules, q.message_id as "messageId", q.comment, labs.account_ref(q.commented_by, q.commented_at) as "commentedBy"`

/** The last three months of a control, unless days are given; at most 1,000 points, the newest. */
export async function qcChart(db: Reader, labId: number, lotId: number, { from, to }: QueryOf<typeof chartContract>): Promise<ResponseOf<typeof chartContract>> {
  const { timezone } = await labProfile(labId)
  const lot = await oneLot(db, lotId)
  const { rows } = await sql<QcPoint>`
    select ${point} from devices.qc_result q where q.lot_id = ${lotId}
      and q.at >= coalesce(${from ?? null}::date::timestamp at time zone ${timezone}, now() - interval '92 days')
      and q.at < coalesce((${to ?? null}::date + 1)::timestamp at time zone ${timezone}, 'infinity')
    order by q.at desc, q.id desc limit 1000`.execute(db as never)
  return { lot, points: rows.reverse() }
}

/** What was done about a control result. */
export async function commentQcResult(tx: Tx, id: number, { comment }: { comment: string }): Promise<QcPoint> {
  const { rows: [row] } = await sql<QcPoint & { lotId: number }>`
    update devices.qc_result q set comment = ${comment}, commented_by = ${tx.actor.accountId}::bigint, commented_at = ${tx.now} where q.id = ${id}
    returning ${point}, q.lot_id as "lotId"`.execute(tx.db)
  if (!row) throw platformErrors.not_found({ thing: 'control result' })
  const { lotId, ...shown } = row
  tx.record('devices.control_commented', { id: lotId }, { comment })
  return shown
}
