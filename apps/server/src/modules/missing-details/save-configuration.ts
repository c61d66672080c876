import type { MissingDetailsConfig, MissingDetailsConfigInput } from '@aliquot/contracts'
import { sql } from 'kysely'
import { actorRef } from '#platform/auth'
import { platformErrors, refuseIf } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import { checkConfiguration, type KnownField, type Wanted } from './check-configuration.ts'
import { listConfiguration } from './list-configuration.ts'
import { placeEntities, type Placed } from './place-entities.ts'

/**
 * Watches fields, changes their placeholders or disables them, and makes the directory entries that placeholders name. Records are judged when they
 * are next saved: what is open stays open until its own value changes, whatever the placeholder is now. Answers all of the lab's fields.
 */
export async function saveConfiguration(tx: Tx, inputs: readonly MissingDetailsConfigInput[]): Promise<{ items: MissingDetailsConfig[] }> {
  const { wanted, errors, stale } = checkConfiguration(inputs, await lockFields(tx))
  refuseIf(errors)
  if (stale !== null) throw platformErrors.stale_version({ thing: 'field' }, { detail: { version: stale } })
  const { placed, errors: refused } = await placeEntities(tx, wanted)
  refuseIf(refused)
  const ids = await writeFields(tx, wanted)
  for (const each of wanted) {
    const action = each.disabled ? 'missing_details.field_disabled' : 'missing_details.field_configured'
    tx.record(action, { id: ids.get(each.templateId) ?? 0, label: each.label, value: each.value }, { blocksRelease: each.blocksRelease })
  }
  await traceEntities(tx, placed, wanted, ids)
  return listConfiguration(tx.reader, {})
}

/** The whole catalogue with what the lab has configured, locked. */
async function lockFields(tx: Tx): Promise<KnownField[]> {
  const { rows } = await sql<KnownField>`
    with c as materialized (select * from missing_details.configuration order by id for update)
    select t.*, c.id as "configurationId", c.version, c.value, c.disabled, c.blocks_release as "blocksRelease", c.entity_id as "entityId"
    from missing_details.template t left join c on c.template_id = t.id order by t.id`.execute(tx.db)
  return rows
}

async function writeFields(tx: Tx, wanted: readonly Wanted[]): Promise<Map<number, number>> {
  const { rows } = await sql<{ id: number; templateId: number }>`
    insert into missing_details.configuration (lab_id, template_id, value, match_key, entity_id, blocks_release, disabled, created_at, updated_at,
      updated_by)
    select ${tx.actor.labId}, "templateId", value,
      coalesce('#' || "entityId", trim(platform.fold(value))), "entityId", "blocksRelease", disabled,
      ${tx.now}, ${tx.now}, ${JSON.stringify(actorRef(tx.actor))}
    from jsonb_to_recordset(${JSON.stringify(wanted)})
      as w("templateId" int, value text, "entityId" bigint, "blocksRelease" boolean, disabled boolean)
    on conflict on constraint configuration_of_field do update set value = excluded.value, match_key = excluded.match_key,
      entity_id = excluded.entity_id, blocks_release = excluded.blocks_release, disabled = excluded.disabled, updated_at = excluded.updated_at,
      updated_by = excluded.updated_by, version = configuration.version + 1
    returning id, template_id as "templateId"`.execute(tx.db)
  return new Map(rows.map(({ id, templateId }) => [templateId, id]))
}

/** Keeps what a placeholder caused: made here at once, or asked for by a job. */
async function traceEntities(tx: Tx, placed: readonly Placed[], wanted: readonly Wanted[], ids: ReadonlyMap<number, number>): Promise<void> {
  if (placed.length === 0) return
  const traces = placed.map(({ entity, name, id }) => {
    const cause = wanted.find((each) => each.entity === entity && each.value === name)
    return { entity, name, object_id: id === null ? null : String(id), configuration_id: ids.get(cause?.templateId ?? 0) }
  })
  const { rows } = await sql<{ id: number; creationId: number; entity: string; name: string; state: 'created' | 'queued' }>`
    insert into missing_details.entity_creation (lab_id, configuration_id, entity, entity_name, object_id, organisation_id, state, created_at,
      settled_at)
    select ${tx.actor.labId}, configuration_id, entity, name, object_id, ${tx.actor.organisationId}::bigint,
      case when object_id is null then 'queued' else 'created' end, ${tx.now}, case when object_id is not null then ${tx.now}::timestamptz end
    from jsonb_to_recordset(${JSON.stringify(traces)}) as e(entity text, name text, object_id text, configuration_id bigint)
    returning id as "creationId", configuration_id as id, entity, entity_name as name, state`.execute(tx.db)
  for (const creation of rows) {
    tx.record(creation.state === 'created' ? 'missing_details.entity_created' : 'missing_details.entity_queued', creation)
    if (creation.state === 'queued') tx.enqueue('missing_details.create_entity', { creationId: creation.creationId }, { maxAttempts: 8 })
  }
}
