import { createHash, randomBytes } from 'node:crypto'
import type { BodyOf, Endpoint, InboundRequest, QueryOf, createEndpoint as createContract, listEndpoints as listContract, listRequests as requestsContract,
  updateEndpoint as updateContract } from '@aliquot/contracts'
import { sql, type RawBuilder } from 'kysely'
import { labProfile } from '#modules/labs'
import { theConfig } from '#platform/config'
import { platformErrors, refuseIf, type FieldError } from '#platform/errors'
import { decodeCursor, pageOf, type Page } from '#platform/http'
import { seal } from '#platform/secrets'
import type { Reader, Tx } from '#platform/unit-of-work'
import { endpointContext, endpointOf, endpointsWhere } from './endpoint-row.ts'

export async function listEndpoints(db: Reader, labId: number, { cursor, limit = 50 }: QueryOf<typeof listContract>): Promise<Page<Endpoint>> {
  const after = decodeCursor(cursor, 'text', 'id')
  return pageOf(await endpointsWhere(db, labId, after ? sql`(e.name, e.id) > (${after[0]}, ${after[1]})` : sql`true`, limit + 1), limit, ({ name, id }) => [name, id])
}

/** Opens an address. Its last part and its secret are random and shown this once: of the one only a hash is kept, of the other a sealed copy. */
export async function createEndpoint(tx: Tx, body: BodyOf<typeof createContract>): Promise<{ endpoint: Endpoint; url: string; secret: string }> {
  refuseIf(await unknownAccount(tx, body.accountId))
  const [token, secret] = [randomBytes(24).toString('base64url'), `hook_${randomBytes(24).toString('base64url')}`]
  const { rows: [row] } = await sql<{ id: number }>`
    insert into integrations.endpoint (lab_id, name, token_hash, verification, secret, account_id, operations)
    values (${tx.actor.labId}, ${body.name}, ${createHash('sha256').update(token).digest()}, ${body.verification}, ${seal(secret, endpointContext(tx.actor.labId))},
      ${body.accountId}, ${body.operations}) returning id`.execute(tx.db)
  const id = row?.id ?? 0
  tx.record('integrations.endpoint_opened', { id, name: body.name }, { operations: body.operations.join(', ') })
  return { endpoint: await endpointOf(tx.reader, tx.actor.labId, id), url: `${theConfig().publicUrl}/hooks/${token}`, secret }
}

const columns: Record<string, string> = { name: 'name', verification: 'verification', accountId: 'account_id', operations: 'operations', disabled: 'disabled' }

/** Changes an endpoint; a list of codes replaces all of them. */
export async function updateEndpoint(tx: Tx, id: number, { version, codes, ...body }: BodyOf<typeof updateContract>): Promise<Endpoint> {
  const { rows: [known] } = await sql<{ version: number; name: string }>`select version, name from integrations.endpoint where id = ${id} for update`.execute(tx.db)
  if (!known) throw platformErrors.not_found({ thing: 'address' })
  if (known.version !== version) throw platformErrors.stale_version({ thing: 'address' })
  const errors = [...(body.accountId === undefined ? [] : await unknownAccount(tx, body.accountId)), ...(codes ? await unknownCodes(tx, codes) : [])]
  refuseIf(errors)
  const sets = Object.entries(body).flatMap(([field, value]) => (columns[field] && value !== undefined ? [sql`${sql.ref(columns[field])} = ${value}`] : []))
  await sql`update integrations.endpoint set ${sql.join([...sets, sql`version = version + 1`])} where id = ${id}`.execute(tx.db)
  if (codes) {
    await sql`delete from integrations.code where endpoint_id = ${id}`.execute(tx.db)
    await sql`
      insert into integrations.code (lab_id, endpoint_id, kind, theirs, ours)
      select ${tx.actor.labId}, ${id}, kind, theirs, ours from jsonb_to_recordset(${JSON.stringify(codes)}) as c(kind text, theirs text, ours bigint)`.execute(tx.db)
  }
  tx.record('integrations.endpoint_changed', { id, name: body.name ?? known.name }, { fields: [...Object.keys(body), ...(codes ? ['codes'] : [])].join(', ') })
  return endpointOf(tx.reader, tx.actor.labId, id)
}

/** What partners told us, newest first. */
export async function listRequests(db: Reader, labId: number, query: QueryOf<typeof requestsContract>): Promise<Page<InboundRequest>> {
  const { timezone } = await labProfile(labId)
  const { cursor, limit = 50, from, to, endpointId, refused } = query
  const after = decodeCursor(cursor, 'id')
  const all: RawBuilder<unknown>[] = [sql`true`]
  if (after) all.push(sql`r.id < ${after[0]}::bigint`)
  if (endpointId !== undefined) all.push(sql`r.endpoint_id = ${endpointId}`)
  if (refused !== undefined) all.push(refused ? sql`r.status >= 300` : sql`r.status < 300`)
  if (from !== undefined) all.push(sql`r.at >= (${from}::date)::timestamp at time zone ${timezone}`)
  if (to !== undefined) all.push(sql`r.at < (${to}::date + 1)::timestamp at time zone ${timezone}`)
  const { rows } = await sql<InboundRequest>`
    select r.id, jsonb_build_object('id', e.id, 'name', e.name) as endpoint, r.at, r.key, r.operation, r.status, r.patient_id as "patientId", r.headers, r.body, r.answer
    from integrations.request r join integrations.endpoint e on e.id = r.endpoint_id where ${sql.join(all, sql` and `)} order by r.id desc limit ${limit + 1}`
    .execute(db as never)
  return pageOf(rows, limit, ({ id }) => [id])
}

async function unknownAccount(tx: Tx, accountId: number): Promise<FieldError[]> {
  const { rows } = await sql`select 1 from labs.pub_account where id = ${accountId} and not disabled`.execute(tx.db)
  return rows.length > 0 ? [] : [{ path: '/accountId', message: 'names no account of this lab', code: 'platform.not_found' }]
}

type Codes = NonNullable<BodyOf<typeof updateContract>['codes']>

async function unknownCodes(tx: Tx, codes: Codes): Promise<FieldError[]> {
  const { rows } = await sql<{ at: number }>`
    select c.at::int from jsonb_to_recordset(${JSON.stringify(codes.map((code, at) => ({ ...code, at })))}) as c(kind text, ours bigint, at int)
    where not case c.kind when 'test' then exists (select from catalog.pub_test x where x.id = c.ours)
      when 'panel' then exists (select from catalog.pub_panel x where x.id = c.ours)
      when 'organisation' then exists (select from labs.pub_organisation x where x.id = c.ours)
      else exists (select from labs.pub_doctor x where x.id = c.ours) end`.execute(tx.db)
  const seen = new Set<string>()
  const twice = codes.flatMap(({ kind, theirs }, at) => (seen.has(`${kind} ${theirs}`) || !seen.add(`${kind} ${theirs}`)
    ? [{ path: `/codes/${at}/theirs`, message: 'is mapped twice', code: 'platform.duplicate' }] : []))
  return [...rows.map(({ at }) => ({ path: `/codes/${at}/ours`, message: 'names nothing of this lab', code: 'platform.not_found' })), ...twice]
}
