import { createHash } from 'node:crypto'
import { imageKey, type Patient } from '@aliquot/contracts'
import { addCard, createClinic, listClinics, noteImages } from '../modules/imaging/index.ts'
import { labProfile } from '../modules/labs/index.ts'
import { registerPatient } from '../modules/patients/index.ts'
import { systemActor } from '../platform/auth/index.ts'
import { objects } from '../platform/objects/index.ts'
import { change, read } from '../platform/unit-of-work/index.ts'
import { drawXRay, type Drawn } from './x-rays.ts'

const upper = ['18', '17', '16', '15', '14', '13', '12', '11', '21', '22', '23', '24', '25', '26', '27', '28']
const lower = ['48', '47', '46', '45', '44', '43', '42', '41', '31', '32', '33', '34', '35', '36', '37', '38']

type View = Pick<Drawn, 'teeth' | 'kind' | 'description'>
const periapical = (...teeth: string[]): View => ({ teeth, kind: 'periapical', description: `Periapical ${teeth[0]}–${teeth.at(-1)}` })
const bitewing = (side: string, above: string[], below: string[]): View => ({ teeth: [...above, ...below], kind: 'bitewing', description: `Bitewing ${side}` })

/** A full mouth, as dentists hang it. */
const fullMouth: View[] = [
  periapical('18', '17', '16'), periapical('15', '14', '13'), periapical('12', '11', '21', '22'), periapical('23', '24', '25'), periapical('26', '27', '28'),
  bitewing('right', ['17', '16', '15', '14'], ['47', '46', '45', '44']), bitewing('left', ['24', '25', '26', '27'], ['34', '35', '36', '37']),
  periapical('48', '47', '46'), periapical('45', '44', '43'), periapical('42', '41', '31', '32'), periapical('33', '34', '35'), periapical('36', '37', '38'),
]
const panorama: View = { teeth: [...upper, ...lower], kind: 'panoramic', description: 'Panoramic' }

const people = [
  { fullName: 'Leela Nambiar', sex: 'female', birthDate: '1984-05-12', card: 'D-1041', views: [...fullMouth, panorama] },
  { fullName: 'Tomas Varga', sex: 'male', birthDate: '1971-11-03', card: 'D-1077', views: [panorama, periapical('36', '37', '38')] },
] as const

/** A dental clinic with its cards and drawn X-rays, one of which was taken of somebody else. */
export async function placeImages(labId: number): Promise<void> {
  const actor = systemActor(labId, 'Demo')
  if ((await read(actor, (db) => listClinics(db, { limit: 1 }))).items.length > 0) return
  const clinic = await change(actor, (tx) => createClinic(tx, { code: 'smile', name: 'Smile Dental Practice' }))
  const lab = await labProfile(labId)
  const day = 24 * 3600_000
  let imageId = 4100
  const put = async ({ guid }: Pick<Patient, 'guid'>, drawn: Omit<Drawn, 'seed'>) => {
    const bytes = drawXRay({ ...drawn, seed: ++imageId })
    const key = imageKey({ patientGuid: guid, clinicId: clinic.id, imageId: String(imageId), sha256: createHash('sha256').update(bytes).digest('hex') })
    await objects().put(key, bytes, { contentType: 'application/dicom' })
    await change(actor, (tx) => noteImages(tx, [{ key, name: drawn.description }], new Set([clinic.id])))
  }
  for (const [at, { views, card, ...person }] of people.entries()) {
    const { patient } = await change(actor, (tx) => registerPatient(tx, { ...person, acknowledgeDuplicates: true }, lab))
    await change(actor, (tx) => addCard(tx, { clinicId: clinic.id, cardId: card, patientId: patient.id }))
    for (const view of views) {
      const back = view.kind === 'panoramic' ? 190 : 12
      await put(patient, { ...view, patient: { ...person, card }, takenAt: new Date(Date.now() - back * day) })
    }
    if (at === 1) {
      const other = { fullName: 'Maria Keller', birthDate: '1990-01-30', card }
      await put(patient, { ...periapical('46', '47', '48'), patient: other, takenAt: new Date(Date.now() - 3 * day) })
    }
  }
}
