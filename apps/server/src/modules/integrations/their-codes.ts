import type { FieldError } from '#platform/errors'
import { sql } from 'kysely'
import type { Tx } from '#platform/unit-of-work'

export interface Asked {
  tests: readonly string[]
  organisation: string | null
  doctor: string | null
}

export interface Meant {
  items: { kind: 'test' | 'panel'; id: number }[]
  organisationId: number | null
  doctorId: number | null
  errors: FieldError[]
}

interface Row {
  kind: 'test' | 'panel' | 'organisation' | 'doctor'
  theirs: string
  ours: number
}

/** What codes mean here: as the endpoint maps them, else as ours. Every code that means nothing is an error at its place. One statement. */
export async function meaningOf(tx: Tx, endpointId: number, { tests, organisation, doctor }: Asked): Promise<Meant> {
  const { rows } = await sql<Row>`
    with asked as (
      select 'test' as kind, theirs from unnest(${[...tests]}::text[]) theirs
      union select 'organisation', ${organisation}::text where ${organisation}::text is not null
      union select 'doctor', ${doctor}::text where ${doctor}::text is not null)
    select c.kind, a.theirs, c.ours, 0 as rank from asked a
      join integrations.code c on c.endpoint_id = ${endpointId} and c.theirs = a.theirs and (c.kind = a.kind or (a.kind = 'test' and c.kind = 'panel'))
    union all select 'test', a.theirs, t.id, 1 from asked a join catalog.pub_test t on a.kind = 'test' and t.code = a.theirs and t.status = 'active'
    union all select 'panel', a.theirs, p.id, 2 from asked a join catalog.pub_panel p on a.kind = 'test' and p.code = a.theirs
    union all select 'organisation', a.theirs, o.id, 1 from asked a join labs.pub_organisation o on a.kind = 'organisation' and o.code = a.theirs and not o.disabled
    union all select 'doctor', a.theirs, d.id, 1 from asked a join labs.pub_doctor d on a.kind = 'doctor' and d.registration_number = a.theirs and not d.disabled
    order by rank`.execute(tx.db)
  const errors: FieldError[] = []
  const find = (kinds: readonly string[], theirs: string, path: string, thing: string) => {
    const found = rows.find((row) => kinds.includes(row.kind) && row.theirs === theirs)
    if (!found) errors.push({ path, message: `names no ${thing} that is known here`, code: 'integrations.unknown_code' })
    return found
  }
  const items = tests.flatMap((theirs, index) => {
    const found = find(['test', 'panel'], theirs, `/tests/${index}`, 'test')
    return found ? [{ kind: found.kind === 'panel' ? 'panel' as const : 'test' as const, id: found.ours }] : []
  })
  return {
    items,
    organisationId: organisation === null ? null : (find(['organisation'], organisation, '/organisation', 'organisation')?.ours ?? null),
    doctorId: doctor === null ? null : (find(['doctor'], doctor, '/doctor', 'doctor')?.ours ?? null),
    errors,
  }
}
