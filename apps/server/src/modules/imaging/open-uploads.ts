import { imageKey, type BodyOf, type ResponseOf, type openImageUploads as contract } from '@aliquot/contracts'
import { sql } from 'kysely'
import { patientsByGuid } from '#modules/patients'
import type { Actor } from '#platform/auth'
import { objects } from '#platform/objects'
import { read } from '#platform/unit-of-work'
import { clinicOf } from './clinic-of.ts'
import { imagingErrors } from './errors.ts'

const formSeconds = 3600

/**
 * A form for each image that the bucket does not have, in the order asked for. What was discarded is not taken again. An agent that still knows a
 * patient by the GUID of a merged record sends there, and the check moves it.
 */
export async function openUploads(actor: Actor, { clinicId, files }: BodyOf<typeof contract>): Promise<ResponseOf<typeof contract>> {
  const { keys, known } = await read(actor, async (db) => {
    const clinic = await clinicOf(db, actor, clinicId)
    const patients = await patientsByGuid(db, files.map(({ patientGuid }) => patientGuid))
    const strangers = files.flatMap(({ patientGuid }, index) => (patients.has(patientGuid)
      ? [] : [{ path: `/files/${index}/patientGuid`, message: 'is of no patient of the lab', code: 'imaging.unknown_patient' }]))
    if (strangers.length > 0) throw imagingErrors.unknown_patient({}, { errors: strangers })
    const wanted = files.map((file) => ({ ...file, key: imageKey({ ...file, clinicId: clinic }) }))
    const names = wanted.map(({ key }) => key)
    const { rows } = await sql<{ sent: string; lies: string }>`
      select sent_key as sent, key as lies from imaging.image where (sent_key = any (${names}::text[]) or key = any (${names}::text[]))
        and (state in ('ready', 'set_aside') or reason = 'discarded')`.execute(db as never)
    return { keys: wanted, known: new Set(rows.flatMap(({ sent, lies }) => [sent, lies])) }
  })
  return {
    uploads: await Promise.all(keys.map(async ({ key, size }) =>
      ({ key, form: known.has(key) ? null : await objects().uploadForm({ key, contentType: 'application/dicom', size, seconds: formSeconds }) }))),
  }
}
