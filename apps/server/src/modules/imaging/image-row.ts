import type { DentalImage, DentalImageDetail } from '@aliquot/contracts'
import type { DicomHeader } from '@aliquot/dicom'
import { sql } from 'kysely'
import { objects } from '#platform/objects'
import { patientJson } from './cards.ts'
import { copyKey, copyTypes } from './copies.ts'

export interface ImageRow {
  id: number
  version: number
  labId: number
  key: string
  name: string
  state: DentalImage['state']
  reason: DentalImage['reason']
  detail: string | null
  clinic: DentalImage['clinic']
  clinicImageId: string | null
  patientGuid: string
  patientId: number | null
  modality: string | null
  kind: DentalImage['kind']
  takenAt: string | null
  teeth: string[]
  size: number
  sha256: string | null
  foundAt: string
  header: DicomHeader | null
  copies: string[]
  decided: (NonNullable<DentalImageDetail['decided']> & { patientId: number }) | null
  patient: DentalImageDetail['patient']
}

/** Columns of {@link ImageRow}, of imaging.image i joined to {@link imageJoins}. */
export const imageColumns = sql`
  i.id, i.version, i.lab_id as "labId", i.key, i.name, i.state, i.reason, i.detail, i.clinic_image_id as "clinicImageId", i.patient_guid::text as "patientGuid",
  i.patient_id as "patientId", i.modality, i.kind, i.taken_at as "takenAt", i.teeth, i.size, i.sha256, i.header, i.copies, i.decided,
  to_char(i.found_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "foundAt",
  case when c.id is not null then jsonb_build_object('id', c.id, 'name', c.name) end as clinic, case when p.id is not null then ${patientJson} end as patient`
export const imageJoins = sql`
  left join imaging.clinic c on c.id = i.clinic_id
  left join patients.pub_patient p on case when i.patient_id is not null then p.id = i.patient_id else p.guid = i.patient_guid end`

/** Long enough for a page that stays open over lunch. */
export const linkSeconds = 3600

const fileName = ({ name, id }: Pick<ImageRow, 'name' | 'id'>, extension: string): string =>
  `${name.replace(/[^\p{L}\p{N} ._-]+/gu, '').trim() || `image-${id}`}.${extension}`

export const linkTo = async (row: ImageRow, what: 'thumbnail' | 'picture' | 'view' | 'original', seconds = linkSeconds): Promise<string | null> => {
  if (row.state !== 'ready' && row.state !== 'set_aside') return null
  if (what === 'original') {
    return objects().downloadUrl(row.key, { seconds, fileName: fileName(row, 'dcm'), contentType: 'application/dicom', disposition: 'attachment' })
  }
  if (!row.copies.includes(what)) return null
  const type = copyTypes[what]
  return objects().downloadUrl(copyKey(row.labId, row.id, what), { seconds, fileName: fileName(row, what === 'view' ? 'gz' : 'webp'), contentType: type })
}

export async function toImage(row: ImageRow): Promise<DentalImage> {
  const { header } = row
  return {
    id: row.id, version: row.version, name: row.name || header?.description || '', state: row.state, reason: row.reason, detail: row.detail, clinic: row.clinic,
    clinicImageId: row.clinicImageId, modality: row.modality, kind: row.kind, takenAt: row.takenAt, teeth: row.teeth,
    region: header?.regions.find(({ meaning }) => meaning !== '')?.meaning ?? header?.bodyPart ?? null, laterality: header?.laterality ?? null,
    width: header?.pixels?.columns ?? null, height: header?.pixels?.rows ?? null, size: row.size, foundAt: row.foundAt, thumbnail: await linkTo(row, 'thumbnail'),
  }
}

const unread: DentalImageDetail['header'] = {
  patientName: null, patientId: null, birthDate: null, sex: null, device: null, description: null, transferSyntax: null, lossy: false, frames: 0,
  studyUid: null, seriesUid: null,
}

export const headerJson = (header: DicomHeader | null): DentalImageDetail['header'] => {
  if (!header) return unread
  const { patient: { name, id, birthDate, sex }, device, description, transferSyntax, pixels, studyUid, seriesUid } = header
  return {
    patientName: name?.text ?? null, patientId: id, birthDate, sex, device, description, transferSyntax: transferSyntax.name, lossy: transferSyntax.lossy,
    frames: pixels?.frames ?? 0, studyUid, seriesUid,
  }
}
