import type { StoredObject } from '@aliquot/contracts'
import { sql, type RawBuilder } from 'kysely'
import { platformErrors } from '#platform/errors'
import type { Reader } from '#platform/unit-of-work'

/** A ledger row with what only this module asks about. */
export interface LedgerRow extends StoredObject {
  announcedSize: number
  announcedSha256: string | null
  uploadUntil: string
  temporaryPath: string
  finalPath: string
  originalPath: string | null
  sourcePath: string | null
  claimed: boolean
  checked: boolean
  digitallySigned: boolean
  parts: number[] | null
}

/** What stands at the path of a removed file. */
export const notExists = 'file_not_exists.pdf'

/** The wire form of an object, made in SQL, for lists that show files: `storedObjectJson('o')` where `o` is storage.pub_object. */
export function storedObjectJson(alias: string) {
  const column = (name: string) => sql.ref(`${alias}.${name}`)
  return sql<StoredObject>`jsonb_build_object('id', ${column('id')}, 'path', case when ${column('state')} = 'removed' then ${sql.lit(notExists)}
      else ${column('path')} end, 'fileName', ${column('file_name')},
    'contentType', ${column('content_type')}, 'size', ${column('size')}, 'sha256', ${column('sha256')}, 'category', ${column('category')},
    'state', ${column('state')}, 'patientId', ${column('patient_id')}, 'pages', ${column('pages')}, 'treatment', ${column('treatment')},
    'notice', ${column('notice')}, 'refusedBecause', ${column('refused_because')},
    'createdAt', to_char(${column('created_at')} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))`
}

type Found = { object: StoredObject } & Omit<LedgerRow, keyof StoredObject | 'uploadUntil'> & { uploadUntil: Date }

/** Rows of the ledger by a condition on `l`, storage.object. */
export async function ledgerRows(db: Reader, condition: RawBuilder<unknown>): Promise<LedgerRow[]> {
  const { rows } = await sql<Found>`
    select ${storedObjectJson('o')} as object, l.size as "announcedSize", l.announced_sha256 as "announcedSha256", l.upload_until as "uploadUntil",
      l.temporary_path as "temporaryPath", l.final_path as "finalPath", l.original_path as "originalPath", l.source_path as "sourcePath",
      l.claimed_at is not null as claimed, l.checked_at is not null as checked, l.digitally_signed as "digitallySigned", l.parts
    from storage.object l join storage.pub_object o on o.id = l.id where ${condition}`.execute(db as never)
  return rows.map(({ object, uploadUntil, ...row }) => ({ ...object, ...row, uploadUntil: uploadUntil.toISOString() }))
}

export async function ledgerRow(db: Reader, objectId: number): Promise<LedgerRow> {
  const [row] = await ledgerRows(db, sql`l.id = ${objectId}`)
  if (!row) throw platformErrors.not_found({ thing: 'file' })
  return row
}

/** By any of the three kinds of path; a compatible one means the newest file that has it. */
export async function ledgerRowAt(db: Reader, path: string): Promise<LedgerRow> {
  const [row] = await ledgerRows(db, sql`l.id = (select id from storage.object where ${isAt(path)} order by (compatible_path = ${path}), id desc limit 1)`)
  if (!row) throw platformErrors.not_found({ thing: 'file' })
  return row
}

const isAt = (path: string) => sql`(temporary_path = ${path} or final_path = ${path} or (compatible_path = ${path} and state <> 'removed'))`

/** As the contract shows it. */
export const shown = ({
  id, path, fileName, contentType, size, sha256, category, state, patientId, pages, treatment, notice, refusedBecause, createdAt,
}: StoredObject): StoredObject => ({ id, path, fileName, contentType, size, sha256, category, state, patientId, pages, treatment, notice, refusedBecause, createdAt })
