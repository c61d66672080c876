import type { MissingEntity } from '@aliquot/contracts'
import { sql } from 'kysely'
import type { Actor } from '#platform/auth'
import { OutboundError, sendOutbound, signatureOf, type OutboundAnswer } from '#platform/outbound'
import { unseal } from '#platform/secrets'
import { change, now, read } from '#platform/unit-of-work'

interface Asked {
  id: number
  entity: MissingEntity
  name: string
  configurationId: number
  organisationId: number | null
  idempotencyKey: string
  url: string | null
  sealedSecret: string | null
}

export interface Attempt {
  creationId: number
  lastAttempt: boolean
  /** Private hosts that the administrator allows. */
  allowedHosts?: readonly string[]
  timeoutMs?: number
}

/** What keys of a target's secret are sealed for. */
export const secretContext = (labId: number, entity: MissingEntity): string => `missing_details:entity_target:${labId}:${entity}`

/** A failure that another try does not mend. */
class Refused extends Error {}

/**
 * Asks another system for a directory entry, and keeps the id that it answers. Every attempt carries the same idempotency key, and one that is settled
 * is not repeated, so delivering the job twice makes one entry. Throws for another try; after the last, or where no try helps, it is failed.
 */
export async function requestEntity(actor: Actor, { creationId, lastAttempt, ...sending }: Attempt): Promise<void> {
  const asked = await askedOf(actor, creationId)
  if (!asked) return
  try {
    const objectId = objectIdIn(await ask(actor, asked, sending))
    await settle(actor, asked, { state: 'created', objectId, trouble: null })
  } catch (error) {
    const trouble = (error as Error).message
    const final = lastAttempt || error instanceof Refused || (error instanceof OutboundError && !error.temporary)
    await settle(actor, asked, { state: final ? 'failed' : 'queued', objectId: null, trouble })
    if (!final) throw error
  }
}

async function askedOf(actor: Actor, creationId: number): Promise<Asked | undefined> {
  const { rows: [row] } = await read(actor, (db) => sql<Asked>`
    select e.id, e.entity, e.entity_name as name, e.configuration_id as "configurationId", e.organisation_id as "organisationId",
      e.idempotency_key as "idempotencyKey", t.url, t.sealed_secret as "sealedSecret"
    from missing_details.entity_creation e left join missing_details.entity_target t on t.lab_id = e.lab_id and t.entity = e.entity and not t.disabled
    where e.id = ${creationId} and e.state = 'queued'`.execute(db as never))
  return row
}

function ask(actor: Actor, asked: Asked, sending: Pick<Attempt, 'allowedHosts' | 'timeoutMs'>): Promise<OutboundAnswer> {
  if (asked.url === null || asked.sealedSecret === null) throw new Refused('No other system is named for this kind any more')
  const body = JSON.stringify({
    config_id: asked.configurationId, entity: asked.entity, entity_name: asked.name, lab_id: actor.labId, org_id: asked.organisationId,
  })
  return sendOutbound({
    url: asked.url, body, ...sending,
    headers: {
      'content-type': 'application/json', 'idempotency-key': asked.idempotencyKey,
      'x-aliquot-signature': signatureOf(body, now(), unseal(asked.sealedSecret, secretContext(actor.labId, asked.entity))),
    },
  })
}

/** The entry's id in the answer. What may pass (a busy server, an answer that is none) is tried again; a refusal is not. */
function objectIdIn({ status, body }: OutboundAnswer): string {
  const busy = status >= 500 || status === 408 || status === 429
  if (!busy && (status < 200 || status >= 300)) throw new Refused(`The other system refused: ${status} ${body.slice(0, 200)}`)
  if (busy) throw new Error(`The other system answered ${status}`)
  const id = idIn(body)
  if (id === null) throw new Error(`The answer names no object_id: ${body.slice(0, 200)}`)
  return id
}

function idIn(body: string): string | null {
  try {
    const answer = JSON.parse(body) as { object_id?: unknown; objectId?: unknown; id?: unknown } | null
    const id = answer?.object_id ?? answer?.objectId ?? answer?.id
    const text = typeof id === 'number' || typeof id === 'string' ? String(id).trim() : ''
    return text.length > 0 && text.length <= 100 && !text.includes('\0') ? text : null
  } catch {
    return null
  }
}

interface Settled {
  state: 'created' | 'queued' | 'failed'
  objectId: string | null
  trouble: string | null
}

async function settle(actor: Actor, asked: Asked, { state, objectId, trouble }: Settled): Promise<void> {
  const { id, configurationId, entity, name } = asked
  await change(actor, async (tx) => {
    const { numUpdatedRows } = await tx.db.updateTable('missing_details.entity_creation')
      .set({ state, object_id: objectId, trouble: trouble?.replaceAll('\0', '').slice(0, 500) ?? null, settled_at: state === 'queued' ? null : tx.now })
      .where('id', '=', id).where('state', '=', 'queued').executeTakeFirst()
    if (numUpdatedRows === 0n) return
    const subject = { id: configurationId, entity, name }
    if (state === 'created') tx.record('missing_details.entity_created', subject, { objectId })
    else tx.record(state === 'failed' ? 'missing_details.entity_failed' : 'missing_details.entity_delayed', subject, { trouble })
  })
}
