import type { DeviceProfile, TestMapping } from '@aliquot/contracts'
import { sql } from 'kysely'
import type { Reader } from '#platform/unit-of-work'

/** An instrument with what reading and placing its results takes. */
export interface Setup {
  instrumentId: number
  name: string
  profileVersionId: number
  definition: DeviceProfile
  mappings: TestMapping[]
  autoRelease: boolean
  autoComplete: boolean
  autoVerify: boolean
  autoSignBy: number | null
  deltaPercent: number
}

/** The instruments of the lab as they are set up now, by id. */
export async function setups(db: Reader, instrumentIds: readonly number[]): Promise<Map<number, Setup>> {
  const { rows } = await sql<Setup>`
    select i.id as "instrumentId", i.name, v.id as "profileVersionId", v.definition, i.mappings, i.auto_release as "autoRelease", i.auto_complete as "autoComplete",
      i.auto_verify as "autoVerify", i.auto_sign_by as "autoSignBy", i.delta_percent as "deltaPercent"
    from devices.instrument i join devices.profile p on p.id = i.profile_id join devices.profile_version v on v.profile_id = p.id and v.version = p.version
    where i.id = any (${[...instrumentIds]}::bigint[])`.execute(db as never)
  return new Map(rows.map((row) => [row.instrumentId, row]))
}
