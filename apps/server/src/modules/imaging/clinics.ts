import type { ApiKey, BodyOf, Clinic, CreatedApiKey, QueryOf, createClinic as createContract, createClinicKey as keyContract, listClinics as listContract,
  listClinicKeys as keysContract, reportSkipped as skippedContract, updateClinic as updateContract } from '@aliquot/contracts'
import { sql, type RawBuilder } from 'kysely'
import { createApiKey, createStaff, listApiKeys, withdrawApiKey } from '#modules/labs'
import type { Actor } from '#platform/auth'
import { platformErrors } from '#platform/errors'
import { decodeCursor, pageOf, type Page } from '#platform/http'
import { change, read, type Reader, type Tx } from '#platform/unit-of-work'
import { clinicOf } from './clinic-of.ts'

const iso = (column: string) => sql`to_char(${sql.ref(column)} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

async function select(db: Reader, condition: RawBuilder<unknown>, most: number): Promise<Clinic[]> {
  const { rows } = await sql<Clinic>`
    select c.id, c.version, c.code, c.name, c.disabled, ${iso('c.last_sent_at')} as "lastSentAt",
      (select count(distinct card_id) from imaging.card k where k.clinic_id = c.id) as cards,
      (select count(*) from imaging.image i where i.clinic_id = c.id and i.state = 'ready') as images,
      (select count(*) from imaging.image i where i.clinic_id = c.id and i.state = 'set_aside') as "setAside",
      case when c.skipped_at is not null then jsonb_build_object('at', ${iso('c.skipped_at')}, 'total', c.skipped_total, 'files', c.skipped) end as skipped
    from imaging.clinic c where ${condition} order by c.name, c.id limit ${most}`.execute(db as never)
  return rows
}

export async function listClinics(db: Reader, { cursor, limit = 50, disabled }: QueryOf<typeof listContract>): Promise<Page<Clinic>> {
  const after = decodeCursor(cursor, 'text', 'id')
  const rows = await select(db, sql`${disabled === undefined ? sql`true` : sql`c.disabled = ${disabled}`}
    and ${after ? sql`(c.name, c.id) > (${after[0]}, ${after[1]})` : sql`true`}`, limit + 1)
  return pageOf(rows, limit, ({ name, id }) => [name, id])
}

async function oneClinic(db: Reader, id: number): Promise<Clinic> {
  const [clinic] = await select(db, sql`c.id = ${id}`, 1)
  if (!clinic) throw platformErrors.not_found({ thing: 'clinic' })
  return clinic
}

/** With the account that its keys act as: it may send images, and nothing else. From now on the bucket is listed by the hour. */
export async function createClinic(tx: Tx, { code, name }: BodyOf<typeof createContract>): Promise<Clinic> {
  const account = await createStaff(tx, {
    kind: 'integration', username: `clinic-${code.toLowerCase()}`, name, permissions: ['imaging.upload'],
  })
  const { rows: [made] } = await sql<{ id: number }>`
    insert into imaging.clinic (lab_id, code, name, account_id, created_at) values (${tx.actor.labId}, ${code}, ${name}, ${account.id}, ${tx.now})
    returning id`.execute(tx.db)
  const id = made?.id ?? 0
  tx.record('imaging.clinic_created', { id, name })
  tx.enqueue('imaging.list', {}, { key: `imaging.list:${tx.actor.labId}` })
  return oneClinic(tx.reader, id)
}

export async function updateClinic(tx: Tx, id: number, { version, name, disabled }: BodyOf<typeof updateContract>): Promise<Clinic> {
  const { rows: [row] } = await sql<{ version: number; name: string }>`select version, name from imaging.clinic where id = ${id} for update`.execute(tx.db)
  if (!row) throw platformErrors.not_found({ thing: 'clinic' })
  if (row.version !== version) throw platformErrors.stale_version({ thing: 'clinic' })
  await sql`update imaging.clinic set version = version + 1, name = coalesce(${name ?? null}, name), disabled = coalesce(${disabled ?? null}, disabled)
    where id = ${id}`.execute(tx.db)
  tx.record('imaging.clinic_changed', { id, name: name ?? row.name }, { ...(name && { name }), ...(disabled !== undefined && { disabled }) })
  return oneClinic(tx.reader, id)
}

async function accountOfClinic(actor: Actor, clinicId: number): Promise<number> {
  const { rows: [clinic] } = await read(actor, (db) => sql<{ accountId: number }>`
    select account_id as "accountId" from imaging.clinic where id = ${clinicId}`.execute(db as never))
  if (!clinic) throw platformErrors.not_found({ thing: 'clinic' })
  return clinic.accountId
}

export async function createClinicKey(actor: Actor, clinicId: number, body: BodyOf<typeof keyContract>): Promise<CreatedApiKey> {
  return createApiKey(actor, await accountOfClinic(actor, clinicId), body)
}

export async function listClinicKeys(actor: Actor, clinicId: number, query: QueryOf<typeof keysContract>): Promise<Page<ApiKey>> {
  const accountId = await accountOfClinic(actor, clinicId)
  return read(actor, (db) => listApiKeys(db, accountId, query))
}

export async function withdrawClinicKey(actor: Actor, clinicId: number, apiKeyId: string): Promise<void> {
  const accountId = await accountOfClinic(actor, clinicId)
  await change(actor, (tx) => withdrawApiKey(tx, accountId, apiKeyId))
}

/** The latest report of what a clinic's agent left out takes the place of the one before. */
export async function reportSkipped(tx: Tx, { clinicId, total, files }: BodyOf<typeof skippedContract>): Promise<{ noted: number }> {
  const id = await clinicOf(tx.reader, tx.actor, clinicId)
  await sql`update imaging.clinic set skipped_at = ${tx.now}, skipped_total = ${total}, skipped = ${JSON.stringify(files)} where id = ${id}`.execute(tx.db)
  tx.record('imaging.skipped_reported', { id }, { total })
  return { noted: files.length }
}
