import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { ImageSidecar, imageKey, readImageKey, sidecarKey, type SetAsideReason } from '@aliquot/contracts'
import { sql } from 'kysely'
import { Value } from 'typebox/value'
import { holdPatients, patientsByGuid } from '#modules/patients'
import type { Actor } from '#platform/auth'
import { largestDicom, readDicomImage, type ReadDicom } from '#platform/documents'
import type { Job } from '#platform/module'
import { objects } from '#platform/objects'
import { change, read, type Reader, type Tx } from '#platform/unit-of-work'
import { copyKey, copyKinds, copyTypes } from './copies.ts'
import { judgeIdentity, type Known, type Verdict } from './judge-identity.ts'
import { queueCheck } from './queue-check.ts'

interface Row {
  id: number
  version: number
  key: string
  name: string
  clinicId: number | null
  size: number
  /** the patient that a person chose, else the one of the key; null where the lab has no such patient */
  patient: (Known & { id: number; guid: string }) | null
  decided: boolean
}

/** What became of an image: `verdict` null means ready. */
interface Outcome {
  verdict: Verdict | null
  read: ReadDicom | null
  key: string
  name: string
  size: number
  sha256: string | null
}

/**
 * Reads an image in the child process, holds its header against the patient that it was sent for, and makes what screens show. What a person filed is
 * theirs to answer for: it is moved to the patient they chose. Doing it again, or dying anywhere in it, does no harm: the row moves last.
 */
export const checkImage: Job = async ({ imageId }, { actor }) => {
  const row = await read(actor, (db) => waitingRow(db, Number(imageId)))
  if (!row) return
  const head = await objects().head(row.key)
  if (!head) return finish(actor, row, null)
  const name = row.name || (await sidecarName(row.key))
  if (head.size > largestDicom) return finish(actor, row, { key: row.key, name, size: head.size, sha256: null, read: null, verdict: tooLarge })
  const stream = await objects().get(row.key)
  if (!stream) return finish(actor, row, null)
  const bytes = await buffer(stream)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const outcome = { key: row.key, name, size: bytes.length, sha256 }
  const place = readImageKey(row.key)
  if (!place) return finish(actor, row, { ...outcome, read: null, verdict: { reason: 'unknown_name', detail: row.key.slice(0, 300) } })
  if (sha256.slice(0, 8) !== place.hash) {
    return finish(actor, row, { ...outcome, read: null, verdict: { reason: 'bytes_differ', detail: 'The bytes are not those that the name was made of.' } })
  }
  const result = await readDicomImage(bytes)
  if (result.refused) return finish(actor, row, { ...outcome, read: null, verdict: refusalOf(result.refused) })
  for (const copy of copyKinds) {
    if (result.copies[copy].length > 0) await objects().put(copyKey(actor.labId, row.id, copy), Buffer.from(result.copies[copy]), { contentType: copyTypes[copy] })
  }
  const verdict = judge(row, result)
  const key = verdict || !row.patient ? row.key : imageKey({ patientGuid: row.patient.guid, clinicId: place.clinicId, imageId: place.imageId, sha256 })
  if (key !== row.key) await objects().put(key, bytes, { contentType: 'application/dicom' })
  await finish(actor, row, { ...outcome, key, read: result, verdict })
}

const tooLarge: Verdict = { reason: 'too_large', detail: `It has more than ${largestDicom / 1024 ** 2} MB.` }

const judge = ({ patient, clinicId, decided }: Row, { header }: ReadDicom): Verdict | null => {
  if (!patient) return { reason: 'unknown_patient', detail: 'The lab has no patient with this GUID.' }
  if (decided) return null
  if (clinicId === null) return { reason: 'unknown_clinic', detail: 'It was sent by no clinic of this lab.' }
  return judgeIdentity(header.patient, patient)
}

const refusals: Partial<Record<string, SetAsideReason>> = {
  not_dicom: 'not_dicom', no_pixels: 'no_pixels', too_large: 'too_large', unsupported_syntax: 'unsupported', unsupported_pixels: 'unsupported',
}
const refusalOf = ({ code, says }: { code: string; says: string }): Verdict => ({ reason: refusals[code] ?? 'damaged', detail: says })

async function waitingRow(db: Reader, imageId: number): Promise<Row | null> {
  const { rows: [sent] } = await sql<{ guid: string }>`select patient_guid::text as guid from imaging.image where id = ${imageId}`.execute(db as never)
  const kept = sent && (await patientsByGuid(db, [sent.guid])).get(sent.guid)
  const { rows: [row] } = await sql<Row>`
    select i.id, i.version, i.key, i.name, i.clinic_id as "clinicId", i.size, i.decided is not null as decided,
      case when p.id is not null then jsonb_build_object('id', p.id, 'guid', p.guid, 'fullName', p.full_name, 'birthDate', p.birth_date,
        'birthDateEstimated', p.birth_date_estimated, 'cards', jsonb_build_object(
          'own', array(select k.card_id from imaging.card k where k.clinic_id = i.clinic_id and k.patient_id = p.id),
          'others', array(select k.card_id from imaging.card k where k.clinic_id = i.clinic_id and k.patient_id <> p.id limit 100000))) end as patient
    from imaging.image i left join patients.pub_patient p
      on case when i.decided is not null then p.id = (i.decided->>'patientId')::bigint else p.id = ${kept?.id ?? null} end
    where i.id = ${imageId} and i.state = 'waiting'`.execute(db as never)
  return row ?? null
}

async function sidecarName(key: string): Promise<string> {
  const bytes = await objects().getStart(sidecarKey(key), 4096)
  try {
    const sidecar: unknown = JSON.parse(bytes?.toString() ?? '')
    return Value.Check(ImageSidecar, sidecar) ? sidecar.name : ''
  } catch {
    return ''
  }
}

/** null: its bytes are not there. A row that somebody changed meanwhile is left to them; one whose patient was merged away is checked anew. */
async function finish(actor: Actor, row: Row, outcome: Outcome | null): Promise<void> {
  await change(actor, async (tx) => {
    if (row.patient && (await holdPatients(tx, [row.patient.id])).size === 0) return askAgain(tx, row.id)
    const values = outcome ? found(row, outcome) : sql`state = 'gone', reason = null, detail = null`
    const { rows: [image] } = await sql<{ id: number; patientId: number | null; name: string }>`
      update imaging.image set ${values}, checked_at = ${tx.now}, version = version + 1
      where id = ${row.id} and state = 'waiting' and version = ${row.version}
      returning id, patient_id as "patientId", name`.execute(tx.db)
    if (!image) return
    if (!outcome) return tx.record('imaging.image_gone', image)
    const { verdict, key } = outcome
    if (verdict) tx.record('imaging.image_set_aside', image, { because: verdict.reason })
    else tx.record('imaging.image_ready', image)
    if (key !== row.key) tx.enqueue('imaging.delete_bytes', { imageId: row.id, from: row.key })
  })
}

function askAgain(tx: Tx, imageId: number): void {
  tx.record('imaging.check_asked', { id: imageId })
  queueCheck(tx, imageId)
}

const found = ({ patient }: Row, { verdict, read, key, name, size, sha256 }: Outcome) => {
  const { modality = null, kind = null, takenAt = null, teeth = [] } = read?.header ?? {}
  const copies = read ? copyKinds.filter((copy) => read.copies[copy].length > 0) : []
  const filed = verdict ? { reason: verdict.reason, detail: verdict.detail, patientId: null } : { reason: null, detail: null, patientId: patient?.id ?? null }
  return sql`
    state = ${verdict ? 'set_aside' : 'ready'}, reason = ${filed.reason}, detail = ${filed.detail}, patient_id = ${filed.patientId},
    patient_guid = ${patient ? sql`${patient.guid}::uuid` : sql.ref('patient_guid')}, key = ${key}, name = ${name}, size = ${size}, sha256 = ${sha256},
    modality = ${modality}, kind = ${kind}, taken_at = ${takenAt}, teeth = ${teeth}::text[], copies = ${copies}::text[],
    header = ${read && JSON.stringify(read.header)}::jsonb, tags = ${read && JSON.stringify(read.tags)}::jsonb`
}
