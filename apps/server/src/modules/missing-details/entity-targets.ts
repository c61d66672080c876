import type { BodyOf, EntityCreation, EntityTarget, saveEntityTarget as route } from '@aliquot/contracts'
import { sql } from 'kysely'
import { platformErrors } from '#platform/errors'
import { seal } from '#platform/secrets'
import type { Reader, Tx } from '#platform/unit-of-work'
import { missingDetailErrors } from './errors.ts'
import { creationJson } from './list-configuration.ts'
import { secretContext } from './request-entity.ts'

/** The systems that make directory entries for this lab; secrets stay here. */
export async function listTargets(db: Reader): Promise<{ items: EntityTarget[] }> {
  const rows = await db.selectFrom('missing_details.entity_target').select(['entity', 'version', 'url', 'disabled']).orderBy('entity').execute()
  return { items: rows as EntityTarget[] }
}

/** Names the system for a kind of entry; a secret that is left out stays. */
export async function saveTarget(tx: Tx, { entity, url, secret, disabled, version }: BodyOf<typeof route>): Promise<EntityTarget> {
  const known = await tx.db.selectFrom('missing_details.entity_target').selectAll().where('entity', '=', entity).forUpdate().executeTakeFirst()
  if (known && version !== undefined && version !== known.version) throw platformErrors.stale_version({ thing: 'address' })
  const sealed = secret === undefined ? known?.sealed_secret : seal(secret, secretContext(tx.actor.labId, entity))
  if (sealed === undefined) {
    const message = 'is needed: it signs what is sent'
    throw missingDetailErrors.secret_needed({}, { errors: [{ path: '/secret', message, code: 'missing_details.secret_needed' }] })
  }
  const saved = await tx.db.insertInto('missing_details.entity_target')
    .values({ lab_id: tx.actor.labId, entity, url, sealed_secret: sealed, disabled: disabled ?? false })
    .onConflict((conflict) => conflict.constraint('entity_target_kind').doUpdateSet({
      url, sealed_secret: sealed, disabled: disabled ?? known?.disabled ?? false, version: sql`entity_target.version + 1`,
    })).returning(['id', 'entity', 'version', 'url', 'disabled']).executeTakeFirstOrThrow()
  const { id, ...target } = saved
  tx.record('missing_details.target_saved', { id, entity, url })
  return target as EntityTarget
}

/** Asks again for an entry that another system did not make. */
export async function retryCreation(tx: Tx, creationId: number): Promise<EntityCreation> {
  const { rows: [row] } = await sql<{ creation: EntityCreation; turned: boolean; configurationId: number }>`
    with turned as (
      update missing_details.entity_creation set state = 'queued', settled_at = null where id = ${creationId} and state = 'failed' returning *
    )
    select ${creationJson} as creation, e.id in (select id from turned) as turned,
      e.configuration_id as "configurationId" from (
      select * from turned union all select * from missing_details.entity_creation where id = ${creationId} and not exists (select from turned)
    ) e`.execute(tx.db)
  if (!row) throw platformErrors.not_found({ thing: 'request' })
  if (!row.turned) throw missingDetailErrors.not_failed()
  const { entity, entityName } = row.creation
  tx.record('missing_details.entity_queued', { id: row.configurationId, entity, name: entityName })
  tx.enqueue('missing_details.create_entity', { creationId }, { maxAttempts: 8 })
  return row.creation
}
