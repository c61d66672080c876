import { sql } from 'kysely'
import type { Actor } from '#platform/auth'
import type { Reader } from '#platform/unit-of-work'
import { imagingErrors } from './errors.ts'

/** The clinic whose key is used; `said`, where given, must be its id. */
export async function clinicOf(db: Reader, { accountId }: Actor, said?: number): Promise<number> {
  const { rows: [clinic] } = await sql<{ id: number }>`select id from imaging.clinic where account_id = ${accountId} and not disabled`.execute(db as never)
  if (!clinic || (said !== undefined && said !== clinic.id)) throw imagingErrors.not_a_clinic()
  return clinic.id
}
