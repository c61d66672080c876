import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { InboundAnswer } from '@aliquot/contracts'
import { sql } from 'kysely'
import { actorOfAccount } from '#modules/labs'
import { systemActor, type Actor } from '#platform/auth'
import { lookup } from '#platform/db'
import { platformErrors, Problem } from '#platform/errors'
import { unseal } from '#platform/secrets'
import { change, now, read, type Tx } from '#platform/unit-of-work'
import { doOperation } from './do-operation.ts'
import { integrationErrors } from './errors.ts'
import { endpointContext } from './endpoint-row.ts'
import { readOperation, type AnyInbound } from './read-operation.ts'
import { safeBody, safeHeaders } from './redact.ts'
import { verifySender } from './verify-sender.ts'

interface Endpoint {
  id: number
  name: string
  verification: 'signature' | 'token' | 'basic'
  secret: string
  accountId: number
  operations: string[]
}
interface Came {
  headers: IncomingHttpHeaders
  body: Uint8Array
  key: string | null
  hash: Buffer
}

/**
 * Does once what a partner asks. With an `Idempotency-Key` the first success is stored in the transaction that made it, and is the answer from then on; what
 * was refused may be sent again, corrected, with the same key. Throws the problem that the command threw.
 */
export async function receiveHook(token: string, headers: IncomingHttpHeaders, body: Uint8Array, requestId: string): Promise<InboundAnswer> {
  const { endpoint, labId } = await endpointOf(token)
  const secret = unseal(endpoint.secret, endpointContext(labId))
  if (!verifySender(endpoint.verification, secret, headers, body, now())) throw integrationErrors.not_verified()
  const key = headers['idempotency-key'] === undefined ? null : String(headers['idempotency-key']).slice(0, 200)
  const came = { headers, body, key, hash: createHash('sha256').update(body).digest() }
  const actor = await actorOfAccount(systemActor(labId, endpoint.name, requestId), endpoint.accountId)
  if (!actor) throw platformErrors.forbidden({ permission: 'the account of this integration is disabled' })
  try {
    const asked = readOperation(body, endpoint.operations)
    return await change(actor, (tx) => once(tx, endpoint, came, asked))
  } catch (error) {
    if (error instanceof Problem) await noteRefusal(actor, endpoint, came, error)
    throw error
  }
}

async function endpointOf(token: string): Promise<{ endpoint: Endpoint; labId: number }> {
  const hash = createHash('sha256').update(token).digest()
  const [found] = await lookup<{ id: number; lab_id: number }>('select id, lab_id from integrations.endpoint_by_token($1)', [hash])
  if (!found) throw platformErrors.not_found({ thing: 'address' })
  const { rows: [endpoint] } = await read(systemActor(found.lab_id, 'hook'), (db) => sql<Endpoint>`
    select id, name, verification, secret, account_id as "accountId", operations from integrations.endpoint where id = ${found.id}`.execute(db as never))
  if (!endpoint) throw platformErrors.not_found({ thing: 'address' })
  return { endpoint, labId: found.lab_id }
}

/** The row that carries the key goes first: two equal requests at once wait for each other there, and the second finds the first's answer. */
async function once(tx: Tx, endpoint: Endpoint, came: Came, asked: AnyInbound): Promise<InboundAnswer> {
  const { rows: [fresh] } = await sql<{ id: number }>`
    insert into integrations.request (lab_id, endpoint_id, key, sha256, at, operation, headers, body, status, answer)
    values (${tx.actor.labId}, ${endpoint.id}, ${came.key}, ${came.hash}, ${tx.now}, ${asked.operation}, ${JSON.stringify(kept(came.headers))},
      ${safeBody(Buffer.from(came.body).toString('utf8'), true)}, 200, '{}')
    on conflict (endpoint_id, key) where status < 300 do nothing returning id`.execute(tx.db)
  if (!fresh) return answeredBefore(tx, endpoint, came)
  const answer = await doOperation(tx, endpoint.id, asked)
  await sql`update integrations.request set answer = ${JSON.stringify(answer)}, patient_id = ${answer.patient.id} where id = ${fresh.id}`.execute(tx.db)
  await sql`update integrations.endpoint set last_at = ${tx.now} where id = ${endpoint.id}`.execute(tx.db)
  tx.record('integrations.received', { id: endpoint.id, name: endpoint.name, patientId: answer.patient.id }, { operation: asked.operation })
  return answer
}

async function answeredBefore(tx: Tx, endpoint: Endpoint, { key, hash }: Came): Promise<InboundAnswer> {
  const { rows: [row] } = await sql<{ sha256: Buffer; answer: InboundAnswer }>`
    select sha256, answer from integrations.request where endpoint_id = ${endpoint.id} and key = ${key} and status < 300`.execute(tx.db)
  if (!row?.sha256.equals(hash)) throw integrationErrors.key_reused()
  return row.answer
}

async function noteRefusal(actor: Actor, endpoint: Endpoint, came: Came, problem: Problem): Promise<void> {
  const answer = { code: problem.code, title: problem.message, errors: problem.errors ?? [] }
  await change(actor, async (tx) => {
    await sql`
      insert into integrations.request (lab_id, endpoint_id, key, sha256, at, headers, body, status, answer)
      values (${tx.actor.labId}, ${endpoint.id}, ${came.key}, ${came.hash}, ${tx.now}, ${JSON.stringify(kept(came.headers))},
        ${safeBody(Buffer.from(came.body).toString('utf8'), true)}, ${problem.status}, ${JSON.stringify(answer)})`.execute(tx.db)
    tx.record('integrations.refused', { id: endpoint.id, name: endpoint.name }, { because: problem.message })
  })
}

const kept = (headers: IncomingHttpHeaders) =>
  safeHeaders(Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value).slice(0, 500)])), new Set())
