import type { BodyOf, DentalImage, SetAsideReason, checkDentalImage as checkContract, discardDentalImage as discardContract, fileDentalImage as fileContract } from '@aliquot/contracts'
import { sql } from 'kysely'
import { holdPatients } from '#modules/patients'
import { actorRef } from '#platform/auth'
import { platformErrors, refuseIf } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import { imagingErrors } from './errors.ts'
import { toImage, type ImageRow } from './image-row.ts'
import { imageRow } from './images.ts'
import { queueCheck } from './queue-check.ts'

/** Reasons about whose image it is: a person can say. What cannot be read stays aside, whoever says what. */
const aboutWhom: readonly (SetAsideReason | null)[] = [
  'unknown_patient', 'unknown_clinic', 'name_differs', 'birth_date_differs', 'card_of_another', 'no_identity',
]

async function lock(tx: Tx, imageId: number, version: number): Promise<ImageRow> {
  await sql`select from imaging.image where id = ${imageId} for update`.execute(tx.db)
  const row = await imageRow(tx.reader, imageId)
  if (row.version !== version) throw platformErrors.stale_version({ thing: 'image' })
  if (row.state !== 'set_aside') throw imagingErrors.not_possible({ because: 'it is not set aside any more' })
  return row
}

/** A person says whose image this is, with a reason; the check then moves it there. */
export async function fileImage(tx: Tx, imageId: number, { version, patientId, reason }: BodyOf<typeof fileContract>): Promise<DentalImage> {
  const there = await holdPatients(tx, [patientId])
  const row = await lock(tx, imageId, version)
  if (!aboutWhom.includes(row.reason)) throw imagingErrors.not_possible({ because: 'the file itself cannot be shown' })
  const { rows: [patient] } = await sql<{ fullName: string }>`select full_name as "fullName" from patients.pub_patient where id = ${patientId}`.execute(tx.db)
  refuseIf(there.has(patientId) && patient ? [] : [{ path: '/patientId', message: 'names no patient of this lab', code: 'platform.not_found' }])
  const decided = { patientId, reason, by: actorRef(tx.actor), at: tx.now.toISOString() }
  await sql`update imaging.image set state = 'waiting', decided = ${JSON.stringify(decided)}, version = version + 1 where id = ${imageId}`.execute(tx.db)
  tx.record('imaging.image_filed', { id: imageId, patientId }, { fullName: patient?.fullName, reason, because: row.reason })
  queueCheck(tx, imageId)
  return toImage(await imageRow(tx.reader, imageId))
}

/** The row stays, so that the clinic's agent does not send the image again. */
export async function discardImage(tx: Tx, imageId: number, { version, reason }: BodyOf<typeof discardContract>): Promise<DentalImage> {
  await lock(tx, imageId, version)
  await sql`update imaging.image set state = 'gone', reason = 'discarded', detail = ${reason}, copies = '{}', version = version + 1
    where id = ${imageId}`.execute(tx.db)
  tx.record('imaging.image_discarded', { id: imageId }, { reason })
  tx.enqueue('imaging.delete_bytes', { imageId })
  return toImage(await imageRow(tx.reader, imageId))
}

export async function checkAgain(tx: Tx, imageId: number, { version }: BodyOf<typeof checkContract>): Promise<DentalImage> {
  await lock(tx, imageId, version)
  await sql`update imaging.image set state = 'waiting', version = version + 1 where id = ${imageId}`.execute(tx.db)
  tx.record('imaging.check_asked', { id: imageId })
  queueCheck(tx, imageId)
  return toImage(await imageRow(tx.reader, imageId))
}
