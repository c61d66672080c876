import type { BodyOf, Instrument, QueryOf, createInstrument as createContract, listInstruments as listContract, updateInstrument as updateContract } from '@aliquot/contracts'
import { sql, type RawBuilder } from 'kysely'
import { labProfile } from '#modules/labs'
import { platformErrors, refuseIf } from '#platform/errors'
import { decodeCursor, pageOf, type Page } from '#platform/http'
import { now, type Reader, type Tx } from '#platform/unit-of-work'
import { deviceErrors } from './errors.ts'

/** A port whose process said nothing for longer than this is not listened on. */
const silent = 30_000

async function select(db: Reader, labId: number, condition: RawBuilder<unknown>, most: number): Promise<Instrument[]> {
  const { timezone } = await labProfile(labId)
  const { rows } = await sql<Instrument>`
    with today as (select (${now()}::timestamptz at time zone ${timezone})::date::timestamp at time zone ${timezone} as begins)
    select i.id, i.version, i.code, i.name, i.model, i.serial, i.department_id as "departmentId", i.profile_id as "profileId", i.port, i.peers, i.mappings,
      i.auto_release as "autoRelease", i.auto_complete as "autoComplete", i.auto_verify as "autoVerify", i.auto_sign_by as "autoSignBy",
      i.delta_percent as "deltaPercent", i.disabled,
      jsonb_build_object('id', f.id, 'name', f.name, 'version', f.version, 'protocol', v.definition->>'protocol') as profile,
      jsonb_build_object('listening', p.listening and p.seen_at > ${new Date(now().getTime() - silent)} and not i.disabled,
        'trouble', case when p.seen_at > ${new Date(now().getTime() - silent)} then p.trouble end, 'connections', case when p.listening then p.connections else 0 end,
        'lastMessageAt', i.last_message_at, 'lastPeer', i.last_peer) as live,
      jsonb_build_object(
        'messages', (select count(*) from devices.message m where m.lab_id = i.lab_id and m.instrument_id = i.id and m.received_at >= today.begins),
        'results', (select count(*) from devices.result r where r.lab_id = i.lab_id and r.instrument_id = i.id and r.received_at >= today.begins),
        'waiting', (select count(*) from devices.result r where r.lab_id = i.lab_id and r.instrument_id = i.id and r.state = 'waiting'),
        'held', (select count(*) from devices.result r where r.lab_id = i.lab_id and r.instrument_id = i.id and r.state = 'held')) as today
    from today cross join devices.instrument i join devices.profile f on f.id = i.profile_id
      join devices.profile_version v on v.profile_id = f.id and v.version = f.version join devices.port p on p.port = i.port
    where ${condition} order by i.name, i.id limit ${most}`.execute(db as never)
  return rows
}

export async function listInstruments(db: Reader, labId: number, { cursor, limit = 50, disabled }: QueryOf<typeof listContract>): Promise<Page<Instrument>> {
  const after = decodeCursor(cursor, 'text', 'id')
  const rows = await select(db, labId, sql`${disabled === undefined ? sql`true` : sql`i.disabled = ${disabled}`}
    and ${after ? sql`(i.name, i.id) > (${after[0]}, ${after[1]})` : sql`true`}`, limit + 1)
  return pageOf(rows, limit, ({ name, id }) => [name, id])
}

export async function oneInstrument(db: Reader, labId: number, id: number): Promise<Instrument> {
  const [instrument] = await select(db, labId, sql`i.id = ${id}`, 1)
  if (!instrument) throw platformErrors.not_found({ thing: 'instrument' })
  return instrument
}

export async function createInstrument(tx: Tx, body: BodyOf<typeof createContract>): Promise<Instrument> {
  await claimPort(tx, body.port)
  await checkReferences(tx, body)
  const { rows: [made] } = await sql<{ id: number }>`
    insert into devices.instrument (lab_id, code, name, model, serial, department_id, profile_id, port, peers, mappings, auto_release, auto_complete, auto_verify,
      auto_sign_by, delta_percent, disabled)
    values (${tx.actor.labId}, ${body.code}, ${body.name}, ${body.model ?? ''}, ${body.serial ?? ''}, ${body.departmentId ?? null}, ${body.profileId}, ${body.port},
      ${body.peers ?? []}, ${JSON.stringify(body.mappings ?? [])}, ${body.autoRelease ?? false}, ${body.autoComplete ?? true}, ${body.autoVerify ?? false},
      ${body.autoSignBy ?? null}, ${body.deltaPercent ?? 50}, ${body.disabled ?? false}) returning id`.execute(tx.db)
  const id = made?.id ?? 0
  tx.record('devices.instrument_created', { id, name: body.name })
  return oneInstrument(tx.reader, tx.actor.labId, id)
}

const columns: Record<string, string> = {
  code: 'code', name: 'name', model: 'model', serial: 'serial', departmentId: 'department_id', profileId: 'profile_id', port: 'port', peers: 'peers',
  mappings: 'mappings', autoRelease: 'auto_release', autoComplete: 'auto_complete', autoVerify: 'auto_verify', autoSignBy: 'auto_sign_by',
  deltaPercent: 'delta_percent', disabled: 'disabled',
}

export async function updateInstrument(tx: Tx, id: number, { version, ...body }: BodyOf<typeof updateContract>): Promise<Instrument> {
  const { rows: [row] } = await sql<{ version: number; name: string }>`select version, name from devices.instrument where id = ${id} for update`.execute(tx.db)
  if (!row) throw platformErrors.not_found({ thing: 'instrument' })
  if (row.version !== version) throw platformErrors.stale_version({ thing: 'instrument' })
  if (body.port !== undefined) await claimPort(tx, body.port)
  await checkReferences(tx, body)
  const sets = Object.entries(body).flatMap(([field, value]) => {
    const column = columns[field]
    return column && value !== undefined ? [sql`${sql.ref(column)} = ${field === 'mappings' ? JSON.stringify(value) : value}`] : []
  })
  await sql`update devices.instrument set ${sql.join([...sets, sql`version = version + 1`])} where id = ${id}`.execute(tx.db)
  tx.record('devices.instrument_changed', { id, name: body.name ?? row.name }, { fields: Object.keys(body).join(', ') })
  return oneInstrument(tx.reader, tx.actor.labId, id)
}

/** A port belongs to one lab of all, whoever asked for it first. */
async function claimPort(tx: Tx, port: number): Promise<void> {
  await sql`insert into devices.port (port, lab_id) values (${port}, ${tx.actor.labId}) on conflict do nothing`.execute(tx.db)
  const { rows } = await sql`select 1 from devices.port where port = ${port}`.execute(tx.db)
  if (rows.length === 0) throw deviceErrors.port_taken({}, { errors: [{ path: '/port', message: 'is taken by another lab', code: 'devices.port_taken' }] })
}

/** What an instrument names must be the lab's own. */
async function checkReferences(tx: Tx, { departmentId, profileId, autoSignBy }: { departmentId?: number | null; profileId?: number; autoSignBy?: number | null }): Promise<void> {
  const { rows: [found] } = await sql<{ department: boolean; profile: boolean; account: boolean }>`
    select exists (select from labs.pub_department where id = ${departmentId ?? null}) as department,
      exists (select from devices.profile where id = ${profileId ?? null}) as profile,
      exists (select from labs.pub_account where id = ${autoSignBy ?? null}) as account`.execute(tx.db)
  const missing = (path: string, thing: string) => ({ path, message: `names no ${thing} of this lab`, code: 'platform.not_found' })
  refuseIf([
    ...(departmentId && !found?.department ? [missing('/departmentId', 'department')] : []),
    ...(profileId && !found?.profile ? [missing('/profileId', 'profile')] : []),
    ...(autoSignBy && !found?.account ? [missing('/autoSignBy', 'account')] : []),
  ])
}
