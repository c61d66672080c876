import type { Parameter, TestDefinition } from '@aliquot/lab-arithmetic'
import { sql } from 'kysely'
import { actorRef } from '#platform/auth'
import type { Tx } from '#platform/unit-of-work'

export interface Publication {
  testId: number
  definition: TestDefinition
  note: string | null
}

interface Published {
  testId: number
  versionId: number
  version: number
}

/** Makes the definitions the newest versions of their tests and puts them to use, in three statements. The caller holds the tests' locks. */
export async function publishVersions(tx: Tx, publications: Publication[]): Promise<Published[]> {
  await keepParameters(tx, publications.flatMap(({ definition }) => definition.parameters))
  const published = await addVersions(tx, publications)
  await sql`
    update catalog.test t set current_version_id = made."versionId", status = 'active', version = t.version + 1, changed_at = ${tx.now},
      draft = null, draft_at = null, draft_by = null
    from jsonb_to_recordset(${JSON.stringify(published)}) as made("testId" bigint, "versionId" bigint)
    where t.id = made."testId"`.execute(tx.db)
  return published
}

/** Adds new parameter codes to the lab's dictionary and refreshes known ones; a code keeps its id for ever. */
async function keepParameters(tx: Tx, parameters: Parameter[]): Promise<void> {
  await sql`
    insert into catalog.parameter (lab_id, code, name, loinc, kind, unit, display_unit)
    select distinct on (code) ${tx.actor.labId}::bigint, code, name, loinc, kind, unit, "displayUnit"
    from jsonb_to_recordset(${JSON.stringify(parameters)}) as p(code text, name text, loinc text, kind text, unit text, "displayUnit" text)
    -- In one order, so that two activations that share parameters wait for each other and never in a ring.
    order by code
    on conflict (lab_id, code) do update set name = excluded.name, loinc = excluded.loinc, kind = excluded.kind, unit = excluded.unit,
      display_unit = excluded.display_unit`.execute(tx.db)
}

async function addVersions(tx: Tx, publications: Publication[]): Promise<Published[]> {
  const { rows } = await sql<Published>`
    with made as (
      insert into catalog.test_version (lab_id, test_id, version, definition, note, activated_at, activated_by)
      select ${tx.actor.labId}::bigint, p."testId", 1 + (select coalesce(max(version), 0) from catalog.test_version v where v.test_id = p."testId"),
        p.definition, p.note, ${tx.now}, ${actorRef(tx.actor)}
      from jsonb_to_recordset(${JSON.stringify(publications)}) as p("testId" bigint, definition jsonb, note text)
      order by p."testId"
      returning lab_id, test_id, id, version, definition),
    links as (
      insert into catalog.version_parameter (lab_id, version_id, parameter_id)
      select made.lab_id, made.id, known.id
      from made, jsonb_to_recordset(made.definition->'parameters') as p(code text)
        join catalog.parameter known on known.lab_id = ${tx.actor.labId} and known.code = p.code)
    select test_id as "testId", id as "versionId", version from made`.execute(tx.db)
  return rows
}
