import type {
  BodyOf, DeviceProfile, Profile, QueryOf, ResponseOf, createProfile as createContract, listProfiles as listContract, updateProfile as updateContract,
} from '@aliquot/contracts'
import { sql } from 'kysely'
import { actorRef } from '#platform/auth'
import { platformErrors, refuseIf } from '#platform/errors'
import { decodeCursor, pageOf, type Page } from '#platform/http'
import type { Reader, Tx } from '#platform/unit-of-work'
import { shippedProfiles } from './profiles/index.ts'
import { profileProblems } from './read/check-profile.ts'

type Summary = ResponseOf<typeof listContract>['items'][number]

export async function listProfiles(db: Reader, { cursor, limit = 50 }: QueryOf<typeof listContract>): Promise<Page<Summary>> {
  const after = decodeCursor(cursor, 'text', 'id')
  const { rows } = await sql<Summary>`
    select p.id, p.name, p.version, v.definition->>'protocol' as protocol, v.at as "changedAt", v.by as "changedBy",
      (select count(*)::int from devices.instrument i where i.profile_id = p.id and not i.disabled) as instruments
    from devices.profile p join devices.profile_version v on v.profile_id = p.id and v.version = p.version
    where ${after ? sql`(p.name, p.id) > (${after[0]}, ${after[1]})` : sql`true`} order by p.name, p.id limit ${limit + 1}`.execute(db as never)
  return pageOf(rows, limit, ({ name, id }) => [name, id])
}

/** One profile with its versions; `version` shows an earlier definition. */
export async function getProfile(db: Reader, id: number, version?: number): Promise<Profile> {
  const { rows: [profile] } = await sql<Profile>`
    select p.id, p.name, p.version, v.definition, v.note, v.at as "changedAt", v.by as "changedBy",
      (select jsonb_agg(jsonb_build_object('version', h.version, 'note', h.note, 'at', h.at, 'by', h.by) order by h.version desc)
        from devices.profile_version h where h.profile_id = p.id) as versions
    from devices.profile p join devices.profile_version v on v.profile_id = p.id and v.version = coalesce(${version ?? null}::int, p.version)
    where p.id = ${id}`.execute(db as never)
  if (!profile) throw platformErrors.not_found({ thing: 'profile' })
  return profile
}

const check = (definition: DeviceProfile): void =>
  refuseIf(profileProblems(definition).map(({ path, message }) => ({ path: `/definition${path}`, message, code: 'devices.profile_invalid' })))

export async function createProfile(tx: Tx, { name, definition, note = '' }: BodyOf<typeof createContract>): Promise<Profile> {
  check(definition)
  const { id } = await tx.db.insertInto('devices.profile').values({ lab_id: tx.actor.labId, name }).returning('id').executeTakeFirstOrThrow()
  await addVersion(tx, id, 1, definition, note)
  tx.record('devices.profile_created', { id, name })
  return getProfile(tx.reader, id)
}

/** The next version; what instruments send from now on is read by it, what they sent before keeps the version that it was read by. */
export async function updateProfile(tx: Tx, id: number, { version, name, definition, note }: BodyOf<typeof updateContract>): Promise<Profile> {
  check(definition)
  const { rows: [row] } = await sql<{ version: number }>`select version from devices.profile where id = ${id} for update`.execute(tx.db)
  if (!row) throw platformErrors.not_found({ thing: 'profile' })
  if (row.version !== version) throw platformErrors.stale_version({ thing: 'profile' })
  await tx.db.updateTable('devices.profile').set({ name, version: version + 1 }).where('id', '=', id).execute()
  await addVersion(tx, id, version + 1, definition, note)
  tx.record('devices.profile_changed', { id, name }, { version: version + 1, note })
  tx.hint('instrument', id)
  return getProfile(tx.reader, id)
}

const addVersion = (tx: Tx, profileId: number, version: number, definition: DeviceProfile, note: string) =>
  tx.db.insertInto('devices.profile_version').values({
    lab_id: tx.actor.labId, profile_id: profileId, version, definition: JSON.stringify(definition), note, at: tx.now, by: JSON.stringify(actorRef(tx.actor)),
  }).execute()

/** The profiles that come with the system, each unless the lab has one of its name. */
export async function installProfiles(tx: Tx): Promise<{ installed: string[] }> {
  const { rows } = await sql<{ name: string }>`select name from devices.profile`.execute(tx.db)
  const known = new Set(rows.map(({ name }) => name))
  const missing = shippedProfiles.filter(({ name }) => !known.has(name))
  for (const profile of missing) await createProfile(tx, profile)
  return { installed: missing.map(({ name }) => name) }
}
