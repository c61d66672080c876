import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { sql } from 'kysely'
import type { ObjectTreatment } from '@aliquot/contracts'
import type { Actor } from '#platform/auth'
import { checkPicture, describePdf, DocumentRefused, mergePdfs, toPdf } from '#platform/documents'
import type { Job } from '#platform/module'
import { objects } from '#platform/objects'
import { scan } from '#platform/scanner'
import { change, read, type Tx } from '#platform/unit-of-work'
import { originalPath } from './object-path.ts'
import { contradiction, enoughToSniff } from './sniff.ts'
import { ledgerRow, type LedgerRow } from './stored-object.ts'

/** What a check found: the bytes that are stored for good. */
interface Checked {
  bytes: Buffer
  contentType: string
  pages: number | null
  treatment: ObjectTreatment
  notice: string | null
  digitallySigned: boolean
  /** The upload, where it differs from the bytes. */
  original: Buffer | null
}

class Refused extends Error {}

/**
 * Reads the bytes of an upload once, judges them, and stores exactly the bytes that it judged under the final path: whoever posts the form again
 * changes nothing. Doing it again, or dying anywhere in it, does no harm: the ledger moves last. What cannot be judged now, since the scanner or the
 * store is down, stays as it is and is tried again; nothing passes unjudged.
 */
export const checkObject: Job = async ({ objectId }, { actor }) => {
  const row = await read(actor, (db) => ledgerRow(db, Number(objectId)))
  if (row.state !== 'uploaded' || row.refusedBecause !== null) return
  let checked: Checked | null
  try {
    checked = row.sourcePath === null ? await mergeParts(actor, row) : await judge(row, row.sourcePath)
  } catch (error) {
    const because = error instanceof DocumentRefused ? error.says : error instanceof Refused ? error.message : null
    if (because !== null) return refuse(actor, row, because)
    await noteTrouble(actor, row, error)
    throw error
  }
  if (!checked) return
  if (checked.original) await objects().put(originalPath(row.finalPath, row.temporaryPath), checked.original, { contentType: row.contentType })
  const { size, sha256 } = await objects().put(row.finalPath, checked.bytes, { contentType: checked.contentType })
  await change(actor, (tx) => promote(tx, row, checked, { size, sha256 }))
}

async function bytesAt(path: string): Promise<Buffer> {
  const stream = await objects().get(path)
  if (!stream) throw new Refused('the store does not have its bytes any more: upload it again')
  return buffer(stream)
}

async function judge(row: LedgerRow, sourcePath: string): Promise<Checked> {
  const bytes = await bytesAt(sourcePath)
  const uploaded = sourcePath === row.temporaryPath ? bytes : await bytesAt(row.temporaryPath)
  if (uploaded.length !== row.announcedSize) throw new Refused(`it has ${uploaded.length} bytes, not ${row.announcedSize}`)
  if (row.announcedSha256 !== null && hashOf(uploaded) !== row.announcedSha256) throw new Refused('its bytes are not those that were announced (SHA-256)')
  const isPdf = sourcePath !== row.temporaryPath || row.contentType === 'application/pdf'
  const because = await contradiction(bytes.subarray(0, enoughToSniff), isPdf ? 'application/pdf' : row.contentType)
  if (because !== null) throw new Refused(because)
  const verdict = await scan(bytes)
  if (!verdict.clean) throw new Refused(`the virus scanner found ${verdict.found} in it`)
  const result = row.category === 'FileTypeReport' ? await asReport(bytes, isPdf ? 'application/pdf' : row.contentType) : await asItIs(bytes, row.contentType)
  return { ...result, treatment: row.treatment ?? result.treatment, original: result.bytes.equals(uploaded) ? null : uploaded }
}

async function asReport(upload: Buffer, contentType: string): Promise<Omit<Checked, 'original'>> {
  const { bytes, pages, step, signed, notice } = await toPdf(upload, contentType)
  const treatment = step === 'kept' || step === 'converted' ? step : 'repaired'
  return { bytes: Buffer.from(bytes), contentType: 'application/pdf', pages, treatment, notice, digitallySigned: signed }
}

/** Files of other kinds are kept as they came, but what cannot be opened is of no use to anybody. */
async function asItIs(bytes: Buffer, contentType: string): Promise<Omit<Checked, 'original'>> {
  if (contentType !== 'application/pdf') {
    await checkPicture(bytes, contentType)
    return { bytes, contentType, pages: null, treatment: 'kept', notice: null, digitallySigned: false }
  }
  const { pages, signed } = await describePdf(bytes)
  return { bytes, contentType, pages, treatment: 'kept', notice: null, digitallySigned: signed }
}

/** Null while a part is still being checked: its own check asks again. */
async function mergeParts(actor: Actor, { parts }: LedgerRow): Promise<Checked | null> {
  const rows = await read(actor, (db) => Promise.all((parts ?? []).map((id) => ledgerRow(db, id))))
  const bad = rows.findIndex(({ refusedBecause, state }) => refusedBecause !== null || state === 'removed')
  if (bad !== -1) throw new Refused(`file ${bad + 1} of ${rows.length} (${rows[bad]?.fileName ?? ''}): ${rows[bad]?.refusedBecause ?? 'it was removed'}`)
  if (rows.some(({ checked }) => !checked)) return null
  const { bytes, pages } = await mergePdfs(await Promise.all(rows.map(({ path }) => bytesAt(path))), { asUpload: true })
  const notices = rows.flatMap(({ fileName, notice }) => (notice ? [`${fileName}: ${notice}`] : []))
  return {
    bytes: Buffer.from(bytes), contentType: 'application/pdf', pages, treatment: 'merged', notice: notices.join('; ') || null, digitallySigned: false, original: null,
  }
}

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

async function promote(tx: Tx, row: LedgerRow, { contentType, pages, treatment, notice, digitallySigned, original }: Checked,
  stored: { size: number; sha256: string }): Promise<void> {
  const { id, fileName, patientId, finalPath, temporaryPath } = row
  const { rows: [promoted] } = await sql<{ state: string }>`
    update storage.object set state = case when claimed_at is null then 'verified' else 'attached' end,
      attached_at = case when claimed_at is null then attached_at else ${tx.now} end,
      path = final_path, content_type = ${contentType}, stored_size = ${stored.size}, sha256 = ${stored.sha256}, pages = ${pages},
      treatment = ${treatment}, notice = ${notice}, digitally_signed = ${digitallySigned}, verified_at = ${tx.now}, checked_at = ${tx.now},
      check_trouble = null, original_path = ${original && originalPath(finalPath, temporaryPath)}, original_sha256 = ${original && hashOf(original)}
    where id = ${id} and state = 'uploaded' and refused_because is null and source_path is not distinct from ${row.sourcePath}
    returning state`.execute(tx.db)
  // Removed, refused or checked by another in the meantime; or its bytes now come from elsewhere, whose own check is queued.
  if (!promoted) return
  tx.record('storage.verified', { id, patientId }, { fileName, sha256: stored.sha256, treatment })
  tx.enqueue('storage.delete_upload', { objectId: id })
  // A form of a bucket may be used again until it expires: what is posted then goes as well.
  tx.enqueue('storage.delete_upload', { objectId: id, late: true }, { runAt: new Date(new Date(row.uploadUntil).getTime() + 60_000) })
  if (row.parts) await tx.db.updateTable('storage.object').set({ state: 'superseded' }).where('id', 'in', row.parts).where('state', '<>', 'removed').execute()
  await askWhole(tx, id)
}

async function refuse(actor: Actor, { id, fileName, patientId }: LedgerRow, because: string): Promise<void> {
  await change(actor, async (tx) => {
    const noted = await tx.db.updateTable('storage.object').set({ refused_because: because, checked_at: tx.now, check_trouble: null })
      .where('id', '=', id).where('state', '=', 'uploaded').where('refused_because', 'is', null).executeTakeFirst()
    if (noted.numUpdatedRows === 0n) return
    tx.record('storage.refused', { id, patientId }, { fileName, because })
    await askWhole(tx, id)
  })
}

/** What is being made of this object, among others, can perhaps be made now. */
async function askWhole(tx: Tx, partId: number): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    select id from storage.object where lab_id = ${tx.actor.labId} and state = 'uploaded' and source_path is null and parts @> array[${partId}]::bigint[]`.execute(tx.db)
  for (const { id } of rows) tx.enqueue('storage.check', { objectId: id }, { key: `storage.check:${id}` })
}

async function noteTrouble(actor: Actor, { id, patientId, fileName }: LedgerRow, error: unknown): Promise<void> {
  const because = error instanceof Error ? error.message : String(error)
  await change(actor, async (tx) => {
    await sql`update storage.object set check_attempts = check_attempts + 1, check_trouble = ${because.slice(0, 500)} where id = ${id}`.execute(tx.db)
    tx.record('storage.check_failed', { id, patientId }, { fileName, because })
  })
}
