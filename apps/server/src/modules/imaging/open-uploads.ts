import { imageKey, type BodyOf, type ResponseOf, type openImageUploads as contract } from '@aliquot/contracts'
import { sql } from 'kysely'
import type { Actor } from '#platform/auth'
import { objects } from '#platform/objects'
import { read } from '#platform/unit-of-work'
import { clinicOf } from './clinic-of.ts'
import { imagingErrors } from './errors.ts'

const formSeconds = 3600

/** A form for each image that the bucket does not have, in the order asked for. What was discarded is not taken again. */
export async function openUploads(actor: Actor, { clinicId, files }: BodyOf<typeof contract>): Promise<ResponseOf<typeof contract>> {
  const { keys, known } = await read(actor, async (db) => {
    const clinic = await clinicOf(db, actor, clinicId)
    const { rows: patients } = await sql<{ guid: string }>`
      select guid::text from patients.pub_patient where guid = any (${[...new Set(files.map(({ patientGuid }) => patientGuid))]}::uuid[])`.execute(db as never)
    const guids = new Set(patients.map(({ guid }) => guid))
    const strangers = files.flatMap(({ patientGuid }, index) => (guids.has(patientGuid)
      ? [] : [{ path: `/files/${index}/patientGuid`, message: 'is of no patient of the lab', code: 'imaging.unknown_patient' }]))
    if (strangers.length > 0) throw imagingErrors.unknown_patient({}, { errors: strangers })
    const wanted = files.map((file) => ({ ...file, key: imageKey({ ...file, clinicId: clinic }) }))
    const { rows } = await sql<{ key: string }>`
      select sent_key as key from imaging.image where sent_key = any (${wanted.map(({ key }) => key)}::text[])
        and (state in ('ready', 'set_aside') or reason = 'discarded')`.execute(db as never)
    return { keys: wanted, known: new Set(rows.map(({ key }) => key)) }
  })
  return {
    uploads: await Promise.all(keys.map(async ({ key, size }) =>
      ({ key, form: known.has(key) ? null : await objects().uploadForm({ key, contentType: 'application/dicom', size, seconds: formSeconds }) }))),
  }
}
