import { sql } from 'kysely'
import type { Reader } from '#platform/unit-of-work'

export interface Contact {
  id: number
  name: string
  phone: string | null
  email: string | null
}

/** How a referring doctor and an organisation are reached; null where none is named or it is disabled. */
export async function partyContacts(db: Reader, { doctorId, organisationId }: { doctorId: number | null; organisationId: number | null }):
  Promise<{ doctor: Contact | null; organisation: Contact | null }> {
  const { rows: [row] } = await sql<{ doctor: Contact | null; organisation: Contact | null }>`
    select (select jsonb_build_object('id', id, 'name', name, 'phone', phone, 'email', email) from labs.doctor
        where id = ${doctorId}::bigint and not disabled) as doctor,
      (select jsonb_build_object('id', id, 'name', name, 'phone', phone, 'email', email) from labs.organisation
        where id = ${organisationId}::bigint and not disabled) as organisation`.execute(db as never)
  return row ?? { doctor: null, organisation: null }
}
